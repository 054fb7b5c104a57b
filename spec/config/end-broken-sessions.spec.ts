import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openOrm } from '../../config/orm.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { getTestServer, onServer } from '../support/test-server.ts';

const USER = `expiring_${process.pid}`;
const MUST_CHANGE_PASSWORD = 1820;
let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
  await asAdmin(`CREATE USER ${USER}@'%' IDENTIFIED BY 'secret'`);
  await asAdmin(`GRANT ALL ON ${database.name}.* TO ${USER}@'%'`);
});
after(async () => {
  await asAdmin(`DROP USER ${USER}@'%'`);
  await database.drop();
});

async function asAdmin(statement: string): Promise<void> {
  const { url } = await getTestServer();
  await onServer(url, (connection) => connection.query(statement));
}

test('connections on which the server refuses every statement leave room in the pool for better ones', async () => {
  const url = new URL(database.url);
  [url.username, url.password] = [USER, 'secret'];
  const orm = await openOrm({ databaseUrl: url.href, poolSize: 2 });
  const transact = () => inTransaction({ orm }, () => Promise.resolve());
  const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // Takes the one good connection, so that the others need new ones.
  const busy = inTransaction({ orm }, async () => {
    begun.resolve();
    await done.promise;
  });
  try {
    await begun.promise;
    // As a node that is cut off does: it lets us in, and then refuses.
    await asAdmin(`ALTER USER ${USER}@'%' PASSWORD EXPIRE`);
    for (let time = 0; time < 3; time += 1) await assert.rejects(transact(), { errno: MUST_CHANGE_PASSWORD });
    await asAdmin(`ALTER USER ${USER}@'%' IDENTIFIED BY 'secret'`);
    await transact();
  } finally {
    done.resolve();
    await busy;
    await orm.close();
  }
});
