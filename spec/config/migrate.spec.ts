import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { escapeId, type RowDataPacket } from 'mysql2/promise';
import { getTestServer, onServer } from '../support/test-server.ts';
import { productionSettings } from '../support/production-settings.ts';

const root = join(import.meta.dirname, '..', '..');

async function run(command: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, output, errors };
}

const migrate = (environment: Readonly<Record<string, string>>) => run(['config/migrate.ts'], environment);

/** A database with an owner and a user of the service, as an administrator creates them before the first migration. */
describe('migrating as the owner of the schema', () => {
  let name = '';
  let serverUrl = '';
  const owner = () => `${name}_owner`;

  before(async () => {
    const server = await getTestServer();
    serverUrl = server.url;
    name = `${server.prefix}migrate_${process.pid}`;
    await asRoot(
      `CREATE DATABASE ${escapeId(name)}`,
      `CREATE USER ${escapeId(owner())}@'%' IDENTIFIED BY 'of-the-owner'`,
      `GRANT ALL PRIVILEGES ON ${escapeId(name)}.* TO ${escapeId(owner())}@'%' WITH GRANT OPTION`,
      `CREATE USER ${escapeId(name)}@'%' IDENTIFIED BY 'of-the-service'`,
    );
  });
  after(() =>
    asRoot(
      `DROP DATABASE ${escapeId(name)}`,
      `DROP USER ${escapeId(owner())}@'%'`,
      `DROP USER ${escapeId(name)}@'%'`,
    ),
  );

  const asRoot = async (...statements: string[]) => {
    await onServer(serverUrl, async (connection) => {
      for (const statement of statements) await connection.query(statement);
    });
  };
  const urlFor = (user: string, password: string) => {
    const url = new URL(serverUrl);
    [url.username, url.password, url.pathname] = [user, password, `/${name}`];
    return url.href;
  };
  const serviceUrl = () => urlFor(name, 'of-the-service');
  const ownerUrl = () => urlFor(owner(), 'of-the-owner');

  const books = () =>
    run(['batch/run.ts', 'check-invariants', '--business-date', '2026-05-31', '--as', 'operator'], {
      ...productionSettings,
      DATABASE_URL: serviceUrl(),
      FILES_DIR: join(root, '.data', 'migrate-spec'),
    });

  it('is required in production, and only a warning elsewhere', async () => {
    const refused = await migrate({ NODE_ENV: 'production', DATABASE_URL: serviceUrl() });
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /MIGRATION_DATABASE_URL is missing/);
    const denied = await migrate({ DATABASE_URL: serviceUrl() });
    assert.equal(denied.code, 1);
    assert.match(denied.errors, /Access denied for user .*: see DATABASE_URL/);
  });

  it('grants the user of the service the rights it needs in production', async () => {
    const addresses = { MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: serviceUrl() };
    for (let time = 0; time < 2; time += 1) {
      const migrated = await migrate({ NODE_ENV: 'production', ...addresses });
      assert.deepEqual(migrated, { code: 0, output: 'The database has the newest schema.\n', errors: '' });
    }
    assert.deepEqual(await grants(), ['SELECT, INSERT, UPDATE, DELETE, EXECUTE']);
    const checked = await books();
    assert.equal(checked.code, 0, checked.output + checked.errors);
    await assert.rejects(
      onServer(serviceUrl(), (connection) => connection.query('DROP TRIGGER charge_stays')),
      { errno: 1142 },
    );
  });

  it('production refuses a user of the service with more rights, and a migration revokes them', async () => {
    await asRoot(
      `GRANT ALL PRIVILEGES ON ${escapeId(name.replaceAll('_', String.raw`\_`))}.* TO ${escapeId(name)}@'%' WITH GRANT OPTION`,
    );
    const refused = await books();
    assert.equal(refused.code, 1);
    assert.match(
      refused.errors,
      /DATABASE_URL names a user that may do more than read and write rows \(ALL PRIVILEGES, GRANT OPTION on /,
    );
    const migrated = await migrate({ MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: serviceUrl() });
    assert.deepEqual([migrated.code, migrated.errors], [0, '']);
    assert.deepEqual(await grants(), ['SELECT, INSERT, UPDATE, DELETE, EXECUTE']);
  });

  it('reports rights of the user elsewhere, which only an administrator can revoke', async () => {
    await asRoot(`GRANT PROCESS ON *.* TO ${escapeId(name)}@'%'`);
    const { code, errors } = await migrate({
      MIGRATION_DATABASE_URL: ownerUrl(),
      DATABASE_URL: serviceUrl(),
    });
    assert.deepEqual(
      [code, errors],
      [0, 'The user of DATABASE_URL may do more than read and write rows: PROCESS on *.*.\n'],
    );
    await asRoot(`REVOKE PROCESS ON *.* FROM ${escapeId(name)}@'%'`);
  });

  it('becomes the definer of triggers and functions of another user', async () => {
    await asRoot(
      `USE ${escapeId(name)}`,
      `CREATE OR REPLACE DEFINER = ${escapeId(name)}@'%' TRIGGER charge_stays BEFORE DELETE ON charge FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_stays: a charge is never removed'`,
    );
    assert.notDeepEqual(await definers(), [`${owner()}@%`]);
    await migrate({ MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: serviceUrl() });
    assert.deepEqual(await definers(), [`${owner()}@%`]);
    assert.equal((await books()).code, 0);
  });

  it('warns if both addresses name one user', async () => {
    const { code, errors } = await migrate({ MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: ownerUrl() });
    assert.equal(code, 0);
    assert.match(errors, /name one user: the service can remove the triggers/);
  });

  it('prints what an administrator must run if the owner cannot grant rights, or the user does not exist', async () => {
    await asRoot(
      `REVOKE GRANT OPTION ON ${escapeId(name)}.* FROM ${escapeId(owner())}@'%'`,
      `REVOKE DELETE ON ${escapeId(name.replaceAll('_', String.raw`\_`))}.* FROM ${escapeId(name)}@'%'`,
    );
    const unable = await migrate({ MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: serviceUrl() });
    assert.equal(unable.code, 1);
    assert.match(unable.errors, /as an administrator: GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON /);
    const wrong = urlFor(name, 'another');
    const unknown = await migrate({ MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: wrong });
    assert.equal(unknown.code, 1);
    assert.match(unknown.errors, /DATABASE_URL names a user that is not let in/);
    assert.ok(!unknown.errors.includes('another'), 'no password is told');
  });

  it('refuses addresses of two databases', async () => {
    const other = serviceUrl().replace(`/${name}?`, '/elsewhere?');
    const { code, errors } = await migrate({ MIGRATION_DATABASE_URL: ownerUrl(), DATABASE_URL: other });
    assert.equal(code, 1);
    assert.match(errors, /names the database .*, and DATABASE_URL elsewhere/);
  });

  async function grants(): Promise<string[]> {
    return onServer(serviceUrl(), async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>('SHOW GRANTS');
      const lines = rows.flatMap((row) => Object.values(row).map(String));
      return lines.flatMap((line) => /^GRANT (?!USAGE)(.*) ON /.exec(line)?.[1] ?? []);
    });
  }

  async function definers(): Promise<string[]> {
    return onServer(ownerUrl(), async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>(
        `SELECT DISTINCT DEFINER AS definer FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE()
         UNION SELECT DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()`,
      );
      return rows.map((row) => String(row['definer']));
    });
  }
});
