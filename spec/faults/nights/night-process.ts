import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../batch/demo/random.ts';
import { isComplete, runNight } from '../../../batch/night.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { startBatch, type BatchProcess } from '../../batch/batch-process.ts';
import type { World } from '../../support/world.ts';
import { quietOutput } from '../quiet-output.ts';

/** Small, so that a night has many transactions, and its fold many partitions. */
const CHUNK_SIZE = 12;

/** A night in a process of its own. */
export function startNight(world: World, businessDate: string): BatchProcess {
  const chunk = ['--chunk-size', String(CHUNK_SIZE)];
  return startBatch(world, world.config.filesDir, ['night', '--business-date', businessDate, ...chunk]);
}

/** Runs a night to its end, and resumes the work of killed ones; its last job checks the invariants. */
export async function finishNight({ deps, clock }: World, businessDate: string): Promise<void> {
  clock.set(systemClock.now());
  const errors: string[] = [];
  const result = await runNight(deps, { businessDate, chunkSize: CHUNK_SIZE, output: quietOutput(errors) });
  assert.deepEqual([isComplete(result), errors], [true, []]);
}

/** Kills a night with SIGKILL at some point after its next step; false if it had ended before. */
export async function killSoon(world: World, night: BatchProcess, random: Random): Promise<boolean> {
  const before = await readProgress(world);
  while (night.isRunning() && (await readProgress(world)) === before) await pause(5);
  await pause(random.below(random.pick([10, 100, 1_000])));
  night.child.kill('SIGKILL');
  return (await night.result).code === null;
}

/** Changes with every attempt of a job and every chunk of it and its partitions. */
async function readProgress({ deps }: World): Promise<string> {
  const runs = sqlOf(deps.orm.em.fork())
    .selectFrom('run')
    .select(['job', 'businessDate', 'part', 'attempt', 'done', 'state']);
  return JSON.stringify(await runs.execute(), (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}
