import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { runNight } from '../../../batch/night.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { startBatch } from '../../batch/batch-process.ts';
import type { World } from '../../support/world.ts';
import { quietOutput } from '../quiet-output.ts';
import { closingNights, createMonthWorld, readMonth, type MonthSize } from './month-world.ts';

export interface KillNights extends MonthSize {
  readonly kills: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/** So small that a night is many transactions. */
const CHUNK_SIZE = 12;

/** Kills in one month; more would only find its nights done. */
const KILLS_OF_MONTH = 24;

/**
 * Runs the nights in which a month closes, each killed with SIGKILL some times and then left alone, and asserts that
 * they come to what the nights of an undisturbed twin come to; as many such months as it takes.
 */
export async function killNights({ kills, seed, say = () => {}, ...size }: KillNights) {
  const random = createRandom(seed, 'kill nights');
  const sums = { months: 0, kills: 0, items: 0, settlements: 0 };
  while (sums.kills < kills) {
    const due = Math.min(kills - sums.kills, KILLS_OF_MONTH);
    const month = await killMonth(size, due, random);
    assert.ok(month.kills > 0, 'a night was killed before its end');
    sums.months += 1;
    sums.kills += month.kills;
    sums.items += month.items;
    sums.settlements += month.settlements;
    say(`${sums.months} months, ${sums.kills} kills`);
  }
  return sums;
}

async function killMonth(size: MonthSize, kills: number, random: Random) {
  const [disturbed, twin] = [await createMonthWorld(size), await createMonthWorld(size)];
  let killed = 0;
  try {
    for (const [at, businessDate] of closingNights.entries()) {
      await finishNight(twin, businessDate);
      const due = Math.ceil(((at + 1) * kills) / closingNights.length);
      while (killed < due && (await killNight(disturbed, businessDate, random))) killed += 1;
      await finishNight(disturbed, businessDate);
    }
    const [made, expected] = [await readMonth(disturbed), await readMonth(twin)];
    assert.deepEqual(made, expected, 'they come to the same');
    return { kills: killed, items: made.items.length, settlements: made.settlements.length };
  } finally {
    await disturbed.close();
    await twin.close();
  }
}

function start(world: World, businessDate: string) {
  const chunk = ['--chunk-size', String(CHUNK_SIZE)];
  return startBatch(world, world.config.filesDir, ['night', '--business-date', businessDate, ...chunk]);
}

/** Runs a night to its end, taking over what the killed ones have left; its last job checks the invariants. */
async function finishNight({ deps, clock }: World, businessDate: string): Promise<void> {
  clock.set(systemClock.now());
  const errors: string[] = [];
  const result = await runNight(deps, { businessDate, chunkSize: CHUNK_SIZE, output: quietOutput(errors) });
  assert.deepEqual([result, errors], ['done', []]);
}

/** Kills a night somewhere behind its first step; false when it had ended before. */
async function killNight(world: World, businessDate: string, random: Random): Promise<boolean> {
  const before = await readProgress(world);
  const batch = start(world, businessDate);
  while (batch.isRunning() && (await readProgress(world)) === before) await pause(5);
  await pause(random.below(random.pick([10, 100, 1_000])));
  batch.child.kill('SIGKILL');
  return (await batch.result).code === null;
}

/** Changes with every attempt at a job and every chunk of it. */
async function readProgress({ deps }: World): Promise<string> {
  const runs = sqlOf(deps.orm.em.fork())
    .selectFrom('run')
    .select(['job', 'businessDate', 'attempt', 'done', 'state']);
  return JSON.stringify(await runs.execute(), (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}
