import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../batch/launch/embedded-database.ts';
import { migrate } from '../../config/database/migrate.ts';
import { onServer } from '../support/test-server.ts';
import { readRoot, root } from './image-files.ts';

const script = 'config/operations/database-users.sh';

/** A server as the image of MariaDB has it before it runs the scripts of its first start. */
describe('the database users of compose.yaml', { timeout: 120_000 }, () => {
  let server: EmbeddedDatabase;
  const dataDir = join(mkdtempSync(join(tmpdir(), 'database-users-')), 'data');
  before(async () => {
    const settings = { bufferPoolMib: 32, logFileMib: 16, durability: 'throwaway' } as const;
    server = await startEmbeddedDatabase({ dataDir, settings, throwaway: true });
    // Where the client looks for the server: in the container it is where it looks anyway.
    writeFileSync(join(dataDir, '..', '.my.cnf'), `[client]\nsocket=${server.socketPath}\n`);
    await onServer(server.url, (connection) =>
      connection.query('CREATE DATABASE tabane CHARACTER SET utf8mb4'),
    );
  });
  after(async () => {
    await server.stop();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  });

  function makeUsers(passwords: { owner: string; service: string }): void {
    const { status, stderr } = spawnSync('sh', [join(root, script)], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: join(dataDir, '..'),
        MARIADB_ROOT_PASSWORD: server.rootPassword,
        DATABASE_OWNER_PASSWORD: passwords.owner,
        DATABASE_PASSWORD: passwords.service,
      },
    });
    assert.equal(status, 0, stderr);
  }
  const urlFor = (user: string, password: string) => {
    const url = new URL(server.url);
    [url.username, url.password, url.pathname] = [user, password, '/tabane'];
    return url.href;
  };

  it('are made by its script, once and again, and a migration gives them their rights', async () => {
    makeUsers({ owner: 'first1', service: 'first2' });
    makeUsers({ owner: 'second1', service: 'second2' });
    const [owner, service] = [urlFor('tabane_owner', 'second1'), urlFor('tabane', 'second2')];
    assert.deepEqual(await migrate(owner, service), []);
    await onServer(service, (connection) => connection.query('DELETE FROM parked'));
    await assert.rejects(
      onServer(service, (connection) => connection.query('DROP TRIGGER charge_stays')),
      { errno: 1142 },
    );
  });

  it('lose what one user for all had before, while its triggers go on', async () => {
    await onServer(server.url, (connection) =>
      connection.query(`GRANT ALL ON tabane.* TO tabane; USE tabane;
        CREATE OR REPLACE DEFINER = tabane@'%' TRIGGER parked_stays BEFORE DELETE ON parked FOR EACH ROW SET @kept = 1`),
    );
    const [owner, service] = [urlFor('tabane_owner', 'second1'), urlFor('tabane', 'second2')];
    assert.deepEqual(await migrate(owner, service), []);
    await onServer(service, (connection) =>
      connection.query(
        "INSERT INTO parked VALUES ('job', '2026-05-01', 'x', '', NOW(3)); DELETE FROM parked",
      ),
    );
  });

  it('have passwords of their own, which only those get who need them', () => {
    const compose = readRoot('compose.yaml');
    assert.match(compose, new RegExp(`\\./${script}:/docker-entrypoint-initdb\\.d/`));
    const settings = /^x-settings: [^]*?\n\n/m.exec(compose)?.[0] ?? '';
    for (const name of ['MIGRATION_DATABASE_URL', 'DATABASE_OWNER_PASSWORD', 'DATABASE_ROOT_PASSWORD'])
      assert.match(settings, new RegExp(`^ {2}${name}: ''$`, 'm'));
    assert.deepEqual(servicesWith('${DATABASE_ROOT_PASSWORD'), ['database']);
    assert.deepEqual(servicesWith('${DATABASE_OWNER_PASSWORD'), ['database', 'migrate']);
  });
});

/** The services of compose.yaml whose block has a text. */
function servicesWith(text: string): string[] {
  const blocks = readRoot('compose.yaml').matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n|\n)+)/gm);
  return [...blocks].filter(([, , block]) => block?.includes(text)).map(([, name]) => name ?? '');
}
