import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { escapeId } from 'mysql2/promise';
import { ensurePrograms } from '../../batch/launch/packages.ts';
import { openOrm } from '../../config/database/orm.ts';
import { migrate } from '../../config/database/migrate.ts';
import { runNight } from '../../batch/night.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { noProgress } from '../../src/runs/run-progress.ts';
import { createBusyWorld, readDetails, readResult, type BusyWorld } from '../batch/killed-world.ts';
import { databaseUrl, getTestServer, onServer } from '../support/test-server.ts';
import { DUMP_OPTIONS, dumpDatabase, restoreDatabase } from './dump.ts';
import { readRoot } from './image-files.ts';
import { staff } from '../support/actors.ts';

/** The month ends on 2026-05-31: its night closes the period. */
const [EVE, CLOSE] = ['2026-05-30', '2026-05-31'];
const quiet = { line: () => {}, error: () => {}, watch: () => ({ ...noProgress, stop: () => {} }) };

let folder = '';
let lost: BusyWorld;
/** A second database with a copy of the files, restored from the backup of the first. */
let restored: BusyWorld;

before(async () => {
  ensurePrograms(['backup']);
  folder = await mkdtemp(join(tmpdir(), 'tabane-backup-'));
  lost = await createBusyWorld({ lines: 40, charges: 600 });
  await countSpending(lost);
  const server = await getTestServer();
  const name = `${server.prefix}restored_${process.pid}`;
  const ownerUrl = databaseUrl(server.url, name);
  const service = new URL(lost.world.database.url);
  service.pathname = `/${name}`;
  const url = service.href;
  const run = (statement: string) =>
    onServer(server.url, async (connection) => void (await connection.query(statement)));
  await run(`CREATE DATABASE ${escapeId(name)} CHARACTER SET utf8mb4`);
  const filesDir = join(folder, 'files');
  const config = { ...lost.world.config, databaseUrl: url, migrationDatabaseUrl: ownerUrl, filesDir };
  const orm = await openOrm({ databaseUrl: url, poolSize: 5 });
  const deps: Deps = { ...lost.world.deps, config, orm };
  const close = async () => {
    await orm.close();
    await run(`DROP DATABASE ${escapeId(name)}`);
  };
  const database = { url, ownerUrl, name, drop: () => Promise.resolve() };
  restored = { filesDir, close, world: { ...lost.world, deps, config, database, close } };
});
after(async () => {
  await restored.close();
  await lost.close();
  await rm(folder, { recursive: true });
});

/** What the charges have taken of the limits of their lines, which sales count as they come. */
async function countSpending({ world }: BusyWorld): Promise<void> {
  await sql`INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor)
    SELECT line_id, holder_from, billing_period, closing_group, SUM(captured_minor) FROM charge
    GROUP BY line_id, holder_from, billing_period, closing_group`.execute(sqlOf(world.deps.orm.em.fork()));
}

const night = ({ world: { deps } }: BusyWorld, businessDate: string) =>
  runNight(deps, { businessDate, output: quiet });

it('a backup taken between two nights, restored elsewhere, holds and continues with the next night', async () => {
  assert.equal(await night(lost, EVE), 'done');
  const backup = join(folder, 'tabane.sql');
  await dumpDatabase(lost.world.database.ownerUrl, backup);
  await cp(lost.filesDir, restored.filesDir, { recursive: true });
  const [atBackup, countsAtBackup] = [await readResult(lost), await countRows(lost)];
  // What comes later is lost with the first database; here it is what the second has to come to by itself.
  assert.equal(await night(lost, CLOSE), 'done');

  await restoreDatabase(restored.world.database.ownerUrl, backup);
  await migrate(restored.world.database.ownerUrl, restored.world.database.url);
  assert.deepEqual(await readResult(restored), atBackup);
  assert.deepEqual(await countRows(restored), countsAtBackup);
  await assertHolds(restored);

  assert.equal(await night(restored, EVE), 'done', 'nothing is done twice');
  assert.deepEqual(await readResult(restored), atBackup);
  assert.equal(await night(restored, CLOSE), 'done');
  assert.deepEqual(await readResult(restored), await readResult(lost));
  assert.deepEqual(await readDetails(restored), await readDetails(lost));
  await assertHolds(restored);
});

it('the documentation of backups has the command of this test', () => {
  const documentation = readRoot('config/operations/backup.md');
  assert.ok(documentation.includes(`\nmariadb-dump ${DUMP_OPTIONS.join(' ')} tabane > tabane.sql`));
});

it('the restored database refuses to change what is confirmed, as the first one did', async () => {
  const query = sqlOf(restored.world.deps.orm.em.fork());
  await assert.rejects(query.updateTable('charge').set({ capturedMinor: 1n }).execute(), /charge_is_final/);
  await assert.rejects(query.deleteFrom('ledger_entry').execute(), /ledger_entry_stays/);
  await assert.rejects(
    query.updateTable('billing_period').set({ totalMinor: 1n }).execute(),
    /billing_period_is_final/,
  );
  assert.deepEqual(await listTriggers(restored), await listTriggers(lost));
});

async function assertHolds({ world: { deps } }: BusyWorld): Promise<void> {
  for (const { name, holds, offending } of await checkInvariants(deps, staff())) {
    assert.ok(holds, `${name}: ${JSON.stringify(offending, (_, value) => String(value))}`);
  }
}

/** Rows of every table, the bookkeeping of the migrations included. */
function countRows({ world: { database } }: BusyWorld): Promise<unknown[]> {
  return onServer(database.url, async (connection) => {
    const [tables] = await connection.query<never[]>('SHOW TABLES');
    const names = tables.map((row) => String(Object.values(row)[0]));
    const counts: unknown[] = [];
    for (const name of names) {
      const [rows] = await connection.query<never[]>(`SELECT COUNT(*) AS count FROM ${escapeId(name)}`);
      counts.push([name, rows[0]]);
    }
    return counts;
  });
}

function listTriggers({ world: { database } }: BusyWorld): Promise<unknown> {
  return onServer(database.ownerUrl, async (connection) => {
    const [rows] = await connection.query(
      `SELECT trigger_name, action_statement FROM information_schema.triggers
        WHERE trigger_schema = DATABASE() ORDER BY trigger_name`,
    );
    return rows;
  });
}
