import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../batch/demo/random.ts';
import { isComplete, runNight } from '../../../batch/night.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { startBatchAt } from '../../batch/batch-process.ts';
import { closingNights, fillMonth, readMonth } from '../nights/month-world.ts';
import { quietOutput } from '../quiet-output.ts';
import type { Cluster } from './cluster.ts';
import { ClusterSite } from './cluster-site.ts';
import { assertNodesAgree } from './equal-nodes.ts';

/** Small, so that a night has many transactions. */
const CHUNK_SIZE = 6;
const SIZE = { lines: 60, chargesOfLine: 6 };
const IN_JOBS = ['fold-charges', 'close-periods'] as const;

/**
 * Runs the nights in which a month closes on a node that is killed, or isolated, in the middle of folding and closing; a
 * process on another node finishes them. Their result equals that of an undisturbed twin.
 */
export async function nightsOnDyingNodes(
  cluster: Cluster,
  { random, say }: { random: Random; say: (line: string) => void },
) {
  const sites = [
    await ClusterSite.create(cluster, 'disturbed'),
    await ClusterSite.create(cluster, 'twin'),
  ] as const;
  try {
    const [disturbed, twin] = [await sites[0].depsAt(cluster.b), await sites[1].depsAt(cluster.b)];
    await fillMonth({ deps: disturbed, clock: sites[0].clock }, SIZE);
    await fillMonth({ deps: twin, clock: sites[1].clock }, SIZE);
    const deaths = { killed: 0, cutOff: 0 };
    for (const [at, businessDate] of closingNights.entries()) {
      const job = IN_JOBS[at % IN_JOBS.length]!;
      await dieInJob(sites[0], { deps: disturbed, businessDate, job, isKilled: at % 4 < 2, random });
      deaths[at % 4 < 2 ? 'killed' : 'cutOff'] += 1;
      await finishNight(disturbed, businessDate);
      await finishNight(twin, businessDate);
      say(
        `night of ${businessDate}: finished on another node after its own had ${at % 4 < 2 ? 'died' : 'been cut off'} in ${job}`,
      );
      await recover(cluster, at % 4 < 2);
    }
    const [made, expected] = [await readMonth({ deps: disturbed }), await readMonth({ deps: twin })];
    assert.deepEqual(made, expected, 'they come to the same');
    for (const site of sites) await assertNodesAgree(site);
    return { ...deaths, items: made.items.length, settlements: made.settlements.length };
  } finally {
    for (const site of sites) await site.close();
  }
}

interface Death {
  readonly deps: Deps;
  readonly businessDate: string;
  readonly job: (typeof IN_JOBS)[number];
  readonly isKilled: boolean;
  readonly random: Random;
}

/** Starts a night on node a and takes down the node in the middle of a job. */
async function dieInJob(
  site: ClusterSite,
  { deps, businessDate, job, isKilled, random }: Death,
): Promise<void> {
  const { a } = site.cluster;
  const chunk = ['--chunk-size', String(CHUNK_SIZE)];
  const place = { databaseUrl: site.urlAt(a), filesDir: site.filesDir };
  const night = startBatchAt(place, ['night', '--business-date', businessDate, ...chunk]);
  while (night.isRunning() && !(await hasBegun(deps, job, businessDate))) await pause(2);
  await pause(random.below(40));
  await (isKilled ? a.kill() : a.setIsolated(true));
  const { code, output, errors } = await night.result;
  assert.equal(code, 1, `a night without its database fails: ${output}${errors}`);
}

async function hasBegun(deps: Deps, job: string, businessDate: string): Promise<boolean> {
  const row = await sqlOf(deps.orm.em.fork())
    .selectFrom('run')
    .select('state')
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .executeTakeFirst();
  return row !== undefined;
}

async function finishNight(deps: Deps, businessDate: string): Promise<void> {
  const errors: string[] = [];
  const clock = systemClock;
  const result = await runNight(
    { ...deps, clock },
    { businessDate, chunkSize: CHUNK_SIZE, output: quietOutput(errors) },
  );
  assert.deepEqual([isComplete(result), errors], [true, []]);
}

async function recover({ a }: Cluster, isKilled: boolean): Promise<void> {
  if (isKilled) return a.join();
  await a.setIsolated(false);
  await a.untilSynced();
}
