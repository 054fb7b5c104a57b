import assert from 'node:assert/strict';
import type { RowDataPacket } from 'mysql2/promise';
import { describe, it } from 'node:test';
import { createTestDatabase } from './database.ts';
import { onServer } from './test-server.ts';

const schema = `
  CREATE TABLE company (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL UNIQUE);
  CREATE TABLE a_charge (
    id INT PRIMARY KEY,
    company_id INT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    doubled BIGINT AS (amount * 2) STORED,
    CONSTRAINT a_charge_company FOREIGN KEY (company_id) REFERENCES company (id)
  );
  INSERT INTO company (id, name) VALUES (1, '束ね通信'), (2, 'b;c');
  INSERT INTO a_charge (id, company_id, amount) VALUES (1, 2, 10);
  CREATE TRIGGER a_charge_fixed BEFORE UPDATE ON a_charge FOR EACH ROW
  BEGIN
    IF NEW.amount <> OLD.amount THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'fixed'; END IF;
  END`;

// Error numbers: the driver has names for MySQL's only, and those differ for some of MariaDB's.
const [duplicate, noSuchParent, signalled, checkFailed] = [1062, 1452, 1644, 4025];

let migrations = 0;
const createDatabase = () =>
  createTestDatabase(async (url) => {
    migrations += 1;
    await onServer(url, (connection) => connection.query(schema));
  }, 'clone_spec');

const query = (url: string, sql: string) =>
  onServer(url, async (connection) => (await connection.query<RowDataPacket[]>(sql))[0]);

describe('createTestDatabase', () => {
  it('copies tables, rows, generated columns and counters of one template', async () => {
    const [first, second] = await Promise.all([createDatabase(), createDatabase()]);
    assert.notEqual(first.name, second.name);
    for (const { url } of [first, second]) {
      assert.deepEqual(await query(url, 'SELECT name FROM company ORDER BY id'), [
        { name: '束ね通信' },
        { name: 'b;c' },
      ]);
      assert.deepEqual(await query(url, 'SELECT * FROM a_charge'), [
        { id: 1, company_id: 2, amount: 10, doubled: 20 },
      ]);
      await query(url, "INSERT INTO company (name) VALUES ('next')");
      const [next] = await query(url, "SELECT id FROM company WHERE name = 'next'");
      // A node of a cluster increments in its own steps.
      assert.ok(Number(next?.['id']) > 2);
    }
    assert.equal(migrations, 1);
  });

  it('copies foreign keys, checks, unique keys and triggers', async () => {
    const { url } = await createDatabase();
    const refused = (sql: string, errno: number) => assert.rejects(query(url, sql), { errno });
    await refused('INSERT INTO a_charge (id, company_id, amount) VALUES (2, 99, 10)', noSuchParent);
    await refused('INSERT INTO a_charge (id, company_id, amount) VALUES (2, 1, 0)', checkFailed);
    await refused("INSERT INTO company (name) VALUES ('b;c')", duplicate);
    await refused('UPDATE a_charge SET amount = 11', signalled);
  });

  it('drops a database', async () => {
    const { url, drop } = await createDatabase();
    await drop();
    await assert.rejects(query(url, 'SELECT 1'), { code: 'ER_BAD_DB_ERROR' });
  });

  it('creates the migrated database of the service', async () => {
    const { url, drop } = await createTestDatabase();
    const tables = await query(url, 'SHOW TABLES');
    assert.ok(tables.length > 10);
    await drop();
  });
});
