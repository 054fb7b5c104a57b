import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { startAdmin, startBatch, type BatchProcess } from '../../batch/batch-process.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import { approveRun } from '../../payouts/payout-world.ts';
import type { World } from '../../support/world.ts';
import { createBackWorld, PERIOD, readMoved } from './back-world.ts';

export interface KillMoney {
  readonly kills: number;
  readonly seed: number;
  readonly lines: number;
  readonly say?: (line: string) => void;
}

/** Small, so that a job has many transactions. */
const CHUNK_SIZE = '4';
/** Kills of one command; more would find it finished. */
const KILLS_OF_COMMAND = 3;

/**
 * Kills what moves money back with SIGKILL and runs it again: the import of results, the decision of refunds by bank, and the approval of
 * settlements, the payout run and its file; asserts that all comes to the same as in an undisturbed twin, down to the bytes that the bank
 * gets. Returns the invariants that are broken.
 */
export async function killMoney({ kills, seed, lines, say = () => {} }: KillMoney) {
  const random = createRandom(seed, 'kill money');
  const sums = { worlds: 0, kills: 0 };
  const brokenInvariants: string[] = [];
  while (sums.kills < kills) {
    const [disturbed, twin] = [await createBackWorld(lines), await createBackWorld(lines)];
    try {
      let killed = 0;
      for (const command of commands) {
        await finish(command, twin);
        await approveRuns(twin);
        const most = Math.min(KILLS_OF_COMMAND, kills - sums.kills - killed);
        killed += await killAgainAndAgain(command, disturbed, { most, random });
        await finish(command, disturbed);
        await approveRuns(disturbed);
      }
      assert.ok(killed > 0, 'a command was killed before its end');
      assert.deepEqual(await readMoved(disturbed), await readMoved(twin), 'they come to the same');
      brokenInvariants.push(...(await listBrokenInvariants(disturbed.deps)));
      sums.worlds += 1;
      sums.kills += killed;
      say(`${sums.worlds} worlds, ${sums.kills} kills`);
    } finally {
      await disturbed.close();
      await twin.close();
    }
  }
  return { ...sums, brokenInvariants };
}

type Command = (world: World) => Promise<BatchProcess>;

const job =
  (name: string, businessDate: string): Command =>
  (world) => {
    const args = [name, '--business-date', businessDate, '--chunk-size', CHUNK_SIZE];
    return Promise.resolve(startBatch(world, world.config.filesDir, args));
  };

const admin =
  (...args: readonly string[]): Command =>
  (world) =>
    Promise.resolve(startAdmin(world, world.config.filesDir, args));

/** What is left of it: an interrupted approval has approved some. */
const approve: Command = async (world) => {
  const drafts = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('settlement')
    .select('number')
    .where('state', '=', 'draft')
    .execute();
  const numbers = drafts.map(({ number }) => number).join(',');
  const act = numbers === '' ? ['list'] : ['approve', '--numbers', numbers, '--as', 'jiro'];
  return admin('settlement', ...act)(world);
};

/** The file for the bank; there is one run, for everything due is long due. */
const writeFile: Command = async (world) => {
  const { number } = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('payout_run')
    .select('number')
    .executeTakeFirstOrThrow();
  return admin('payout', 'write-file', '--run', number, '--as', 'hanako')(world);
};

/** Two people approve what was prepared. */
async function approveRuns({ deps }: World): Promise<void> {
  const drafts = sqlOf(deps.orm.em.fork())
    .selectFrom('payout_run')
    .select('number')
    .where('state', '=', 'draft');
  for (const { number } of await drafts.execute()) await approveRun(deps, number);
}

/** Sixty days after the last invoice was due, so that every refund is decided. */
const commands: readonly Command[] = [
  job('import-collections', '2026-07-01'),
  job('decide-refunds', '2026-07-01'),
  admin('settlement', 'propose', '--period', PERIOD, '--reason', 'reviewed', '--as', 'hanako'),
  approve,
  admin('payout', 'prepare', '--as', 'hanako'),
  writeFile,
];

async function finish(command: Command, world: World): Promise<void> {
  const { code, output, errors } = await (await command(world)).result;
  assert.equal(code, 0, output + errors);
}

async function killAgainAndAgain(
  command: Command,
  world: World,
  { most, random }: { readonly most: number; readonly random: Random },
): Promise<number> {
  let kills = 0;
  while (kills < most && (await killSoon(world, await command(world), random))) kills += 1;
  return kills;
}

/** Kills a command a little after its next commit; false if it had ended before. */
async function killSoon(world: World, batch: BatchProcess, random: Random): Promise<boolean> {
  const before = await readProgress(world);
  while (batch.isRunning() && (await readProgress(world)) === before) await pause(5);
  await pause(random.below(random.pick([5, 50, 300])));
  batch.child.kill('SIGKILL');
  return (await batch.result).code === null;
}

/** Changes with every commit of these commands. */
async function readProgress({ deps }: World): Promise<string> {
  const db = sqlOf(deps.orm.em.fork());
  const counts = [];
  for (const table of ['audit_entry', 'collection_result', 'ledger_entry', 'run'] as const) {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('rows'))
      .executeTakeFirstOrThrow();
    counts.push(String(rows));
  }
  return counts.join();
}
