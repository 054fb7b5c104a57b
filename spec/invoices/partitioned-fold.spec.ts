import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { planFoldPartitions } from '../../src/invoices/plan-fold-partitions.ts';
import { executeRun, type RunOutcome } from '../../src/runs/execute-run.ts';
import type { JobWork, RunHandle } from '../../src/runs/run-handle.ts';
import { listParked } from '../../src/runs/run.queries.ts';
import { overrideHandle } from '../support/override-handle.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture, makeMarket, type Captured, type Market } from './captured-charges.ts';

const DAY = '2026-05-31';
const key = { period: '2026-05', closingGroup: 31 as const };
/** Partitions are five chunks; ten charges and fewer are folded in one piece. */
const chunkSize = 5;

let world: World;
let market: Market;
beforeEach(async () => {
  world = await createWorld();
  world.clock.set(new Date('2026-06-20T00:00:00.000Z'));
  market = await makeMarket(world.deps, { lineCount: 30 });
});
afterEach(() => world.close());

const chargesOf = (businessDate: string, count: number, over: Partial<Captured> = {}): Captured[] =>
  Array.from({ length: count }, (_, n) => ({
    ...market.registered,
    lineId: market.lines[n % market.lines.length]!,
    amountMinor: BigInt(n + 1),
    businessDate,
    ...over,
  }));

const plan = (count: number) =>
  planFoldPartitions(world.deps, { periods: [{ key, unbilled: count }], through: DAY, chunkSize });

async function fold(work: JobWork = foldCharges): Promise<RunOutcome & { kind: 'finished' }> {
  const run = { job: 'fold-charges', businessDate: DAY, chunkSize, pollMs: 1 };
  const outcome = await executeRun(world.deps, run, work);
  assert.ok(outcome.kind === 'finished');
  return outcome;
}

/** The fold, with something that happens once its partitions are done. */
const foldAnd =
  (afterwards: () => Promise<unknown>): JobWork =>
  (deps, run) => {
    const runPartitioned: RunHandle['runPartitioned'] = async (step) => {
      const parts = await run.runPartitioned(step);
      await afterwards();
      return parts;
    };
    return foldCharges(deps, overrideHandle(run, { runPartitioned }));
  };

/** Plans the fold, and gets no further. */
const cutOff: JobWork = async (_deps, run) => {
  await run.runPartitioned({ step: 'fold', work: powerCut, plan: () => plan(60) });
  return {};
};

const powerCut = () => Promise.reject(new Error('power cut'));

async function countItems(): Promise<number> {
  const items = sqlOf(world.deps.orm.em.fork()).selectFrom('invoice_item');
  const { count } = await items.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

describe('the plan of a fold', () => {
  it('cuts a day into ranges of whole lines that follow each other and have all of its charges', async () => {
    await capture(world.deps, [...chargesOf(DAY, 90), ...chargesOf(DAY, 7, { lineId: market.lines[8]! })]);
    const parts = await plan(97);
    assert.deepEqual(
      parts.map(({ expected }) => expected),
      [34, 27, 27, 9],
    );
    assert.deepEqual(
      parts.map(({ plan }) => plan.afterLine),
      ['', ...parts.slice(0, -1).map(({ plan }) => plan.throughLine)],
    );
    assert.equal(parts.at(-1)?.plan.throughLine, '~');
  });

  it('goes back over the days that wait as a whole, the newest first', async () => {
    await capture(world.deps, [
      ...chargesOf('2026-05-29', 40),
      ...chargesOf('2026-05-30', 12),
      ...chargesOf(DAY, 12),
    ]);
    const days = (await plan(30)).map(({ plan }) => plan.businessDate);
    assert.deepEqual(days, [DAY, '2026-05-30'], 'of the third not all can be waiting');
  });

  it('leaves a small night in one piece', async () => {
    await capture(world.deps, chargesOf(DAY, 10));
    assert.deepEqual(await plan(10), []);
  });
});

describe('a fold in partitions', () => {
  it('finds charges that were committed when the partition with their line was done', async () => {
    await capture(world.deps, chargesOf(DAY, 60));
    const late = [...chargesOf(DAY, 2), ...chargesOf('2026-05-11', 1)];
    const { counts, facts } = await fold(foldAnd(() => capture(world.deps, late)));
    assert.deepEqual(counts, { expected: 63, done: 63, skipped: 0, parked: 0 });
    assert.deepEqual(facts, { folded: { '2026-05/31': { done: 63, parked: 0 } } });
    assert.equal(await countItems(), 63);
  });

  it('parks a line of another closing group once, and folds the others', async () => {
    const ofLine = { lineId: market.lines[7]! };
    await capture(world.deps, chargesOf('2026-05-20', 1, ofLine));
    await executeRun(world.deps, { job: 'fold-charges', businessDate: '2026-05-20' }, foldCharges);
    const misplaced = { ...ofLine, period: '2026-05', closingGroup: 10 as const };
    await capture(world.deps, [...chargesOf(DAY, 60), ...chargesOf(DAY, 2, misplaced)]);
    const { counts } = await fold();
    assert.deepEqual(counts, { expected: 62, done: 60, skipped: 0, parked: 2 });
    const parked = await listParked(world.deps, { job: 'fold-charges', businessDate: DAY }, 5);
    assert.deepEqual(
      parked.map(({ subject }) => subject),
      [`2026-05/10/${market.lines[7]}`],
    );
  });

  it('that was cut off and closed over by hand finds everything on its invoices', async () => {
    await capture(world.deps, chargesOf(DAY, 60));
    await assert.rejects(fold(cutOff), /power cut/);
    await executeRun(world.deps, { job: 'close-periods', businessDate: DAY }, closePeriods);
    const { counts } = await fold();
    assert.deepEqual(counts, { expected: 60, done: 0, skipped: 60, parked: 0 });
    assert.equal(await countItems(), 60);
  });
});
