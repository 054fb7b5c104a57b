import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseConfig } from '../../config/config.ts';
import { startEmbeddedDatabase } from '../../batch/launch/embedded-database.ts';
import { preparePrivateDatabase, type PrivateDatabase } from '../../batch/launch/private-database.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { openDeps } from '../../src/open-deps.ts';
import { onServer } from '../support/test-server.ts';
import { staff } from '../support/actors.ts';

/** A server of its own: global settings would disturb other specs. */
describe('the check, as the user of the service', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rights-spec-'));
  let database: PrivateDatabase;
  let stop: () => Promise<void>;
  before(async () => {
    const settings = { bufferPoolMib: 32, logFileMib: 16, durability: 'throwaway' } as const;
    const server = await startEmbeddedDatabase({ dataDir: join(folder, 'data'), settings, throwaway: true });
    stop = () => server.stop();
    database = await preparePrivateDatabase(server);
  });
  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const asRoot = (...statements: string[]) =>
    onServer(database.rootUrl, async (connection) => {
      for (const statement of statements) await connection.query(statement);
    });

  /** The findings as a user, each in the words of its row. */
  async function findings(databaseUrl: string, settings: Record<string, string> = {}): Promise<unknown[]> {
    const owner = { MIGRATION_DATABASE_URL: database.ownerUrl, LOG_LEVEL: 'silent', FILES_DIR: folder };
    const deps = await openDeps(parseConfig({ DATABASE_URL: databaseUrl, ...owner, ...settings }));
    try {
      const results = await checkInvariants(deps, staff());
      return results.flatMap(({ offending }) =>
        offending.map(({ excess, missing, switched_off: off }) => excess ?? missing ?? off),
      );
    } finally {
      await deps.close();
    }
  }

  it('finds nothing with an owner and a user that reads and writes rows', async () => {
    assert.deepEqual(await findings(database.serviceUrl), []);
  });

  const user = 'tabane@localhost';
  const rights: readonly [given: string[], taken: string[], found: unknown[]][] = [
    [['GRANT TRIGGER ON tabane.* TO'], ['REVOKE TRIGGER ON tabane.* FROM'], ['TRIGGER on `tabane`.*']],
    [
      ['GRANT DROP ON tabane.charge TO'],
      ['REVOKE DROP ON tabane.charge FROM'],
      ['DROP on `tabane`.`charge`'],
    ],
    [['GRANT SUPER ON *.* TO'], ['REVOKE SUPER ON *.* FROM'], ['SUPER on *.*']],
    [
      ['GRANT ALTER ROUTINE ON FUNCTION tabane.guards_in_place TO'],
      ['REVOKE ALTER ROUTINE ON FUNCTION tabane.guards_in_place FROM'],
      ['ALTER ROUTINE on `tabane`.`guards_in_place`'],
    ],
    [['GRANT INSERT ON mysql.* TO'], ['REVOKE INSERT ON mysql.* FROM'], ['INSERT on `mysql`.*']],
  ];
  for (const [given, taken, found] of rights) {
    it(`finds ${String(found[0])}`, async () => {
      await asRoot(...given.map((statement) => `${statement} ${user}`));
      assert.deepEqual(await findings(database.serviceUrl), found);
      await asRoot(...taken.map((statement) => `${statement} ${user}`));
      assert.deepEqual(await findings(database.serviceUrl), []);
    });
  }

  it('finds a right that the service needs and does not have', async () => {
    await asRoot(`REVOKE DELETE ON tabane.* FROM ${user}`);
    assert.deepEqual(await findings(database.serviceUrl), ['DELETE']);
    await asRoot(`GRANT DELETE ON tabane.* TO ${user}`);
  });

  it('finds an owner that is used as the user of the service, except where a developer has one user for everything', async () => {
    assert.deepEqual(await findings(database.ownerUrl), ['ALL PRIVILEGES, GRANT OPTION on `tabane`.*']);
    assert.deepEqual(await findings(database.ownerUrl, { MIGRATION_DATABASE_URL: '' }), []);
  });

  it('finds keys and checks that are switched off for the whole server', async () => {
    for (const name of ['foreign_key_checks', 'unique_checks', 'check_constraint_checks']) {
      await asRoot(`SET GLOBAL ${name} = 0`);
      assert.deepEqual(await findings(database.serviceUrl), [name]);
      await asRoot(`SET GLOBAL ${name} = 1`);
    }
  });
});
