import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { processIdentity } from '../../src/runs/process-identity.ts';
import type { JobWork, RunHandle } from '../../src/runs/run-handle.ts';
import { findRun, listParked } from '../../src/runs/run.queries.ts';
import { LeaseLost } from '../../src/runs/work-interrupted.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

let days = 0;
/** A run nobody has heard of, for a business date before the world's 2026-05-10. */
const newKey = () => ({ job: `job-${(days += 1)}`, businessDate: '2026-05-09' });

const count =
  (done: number): JobWork =>
  async (_deps, run) => {
    run.announce(done);
    await run.inChunk(async () => ({ done }));
    return { made: done };
  };

/** Lets a job stand still inside `work` until the test has done something. */
function pausing() {
  const reached = Promise.withResolvers<RunHandle>();
  const goOn = Promise.withResolvers<void>();
  const work: JobWork = async (_deps, run) => {
    run.announce(1);
    reached.resolve(run);
    await goOn.promise;
    await run.inChunk(async () => ({ done: 1 }));
    return {};
  };
  return { work, reached: reached.promise, goOn: () => goOn.resolve() };
}

async function setLease(key: { job: string }, heldBy: string, seconds: number): Promise<void> {
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('run')
    .set({ heldBy, leaseUntil: sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(seconds)} SECOND` })
    .where('job', '=', key.job)
    .execute();
}

describe('a run', () => {
  it('is done once: a second execution says when it finished and does nothing', async () => {
    const key = newKey();
    const first = await executeRun(world.deps, key, count(3));
    assert.equal(first.kind, 'finished');
    const second = await executeRun(world.deps, key, () => assert.fail('the job was executed again'));
    assert.deepEqual(second, { kind: 'already-finished', finishedAt: world.clock.now() });
  });

  it('keeps its manifest: counts, facts, time', async () => {
    const key = newKey();
    await executeRun(world.deps, key, count(3));
    const row = await findRun(world.deps, key);
    assert.equal(row?.state, 'finished');
    assert.deepEqual([row.expected, row.done, row.skipped, row.parked], [3n, 3n, 0n, 0n]);
    assert.deepEqual((row.manifest as { facts: unknown }).facts, { made: 3 });
    assert.equal(row.heldBy, null);
  });

  it('is refused for a business date that has not ended', async () => {
    const today = { job: 'early', businessDate: '2026-05-10' };
    await assert.rejects(executeRun(world.deps, today, count(1)), { code: 'business-date-not-over' });
    assert.equal(await findRun(world.deps, today), undefined);
  });

  it('fails when its manifest does not balance', async () => {
    const key = newKey();
    const refused = executeRun(world.deps, key, async (_deps, run) => {
      run.announce(2);
      await run.inChunk(async () => ({ done: 1 }));
      return {};
    });
    await assert.rejects(refused, /expected 2, but did 1/);
    assert.equal((await findRun(world.deps, key))?.state, 'failed');
  });

  it('that failed continues with the counts and facts of its committed chunks', async () => {
    const key = newKey();
    const refused = executeRun(world.deps, key, async (_deps, run) => {
      run.announce(5);
      await run.inChunk(async () => ({ done: 2, facts: { cursor: 'b' } }));
      await run.inChunk(() => Promise.reject(new Error('the disk is full')));
      return {};
    });
    await assert.rejects(refused, /disk is full/);
    assert.equal((await findRun(world.deps, key))?.error, 'the disk is full');
    const outcome = await executeRun(world.deps, key, async (_deps, run) => {
      assert.equal(run.facts['cursor'], 'b');
      run.announce(3);
      await run.inChunk(async () => ({ done: 3 }));
      return {};
    });
    assert.equal(outcome.kind, 'finished');
    assert.deepEqual(outcome.counts, { expected: 5, done: 5, skipped: 0, parked: 0 });
    assert.equal(outcome.attempt, 2);
  });

  it('lists what it has parked and finishes with the others', async () => {
    const key = newKey();
    const outcome = await executeRun(world.deps, key, async (_deps, run) => {
      run.announce(3);
      await run.inChunk(async (tx) => {
        await run.park(tx, { subject: 'CAF0000000001', reason: 'no holder' });
        return { done: 1, skipped: 1, parked: 1 };
      });
      return {};
    });
    assert.equal(outcome.kind, 'finished');
    assert.deepEqual(await listParked(world.deps, key, 10), [
      { subject: 'CAF0000000001', reason: 'no holder' },
    ]);
  });

  it('rolls a chunk back together with its counts', async () => {
    const key = newKey();
    const refused = executeRun(world.deps, key, async (_deps, run) => {
      run.announce(1);
      await run.inChunk(async (tx) => {
        await run.park(tx, { subject: 'x', reason: 'y' });
        throw new Error('no');
      });
      return {};
    });
    await assert.rejects(refused, /no/);
    assert.deepEqual(await listParked(world.deps, key, 10), []);
    assert.equal((await findRun(world.deps, key))?.parked, 0n);
  });
});

describe('a run that somebody holds', () => {
  it('is left to its holder, who is named', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const first = executeRun(world.deps, key, work);
    await reached;
    const second = await executeRun(world.deps, key, count(1));
    const held = { kind: 'held', businessDate: key.businessDate, heldBy: processIdentity() };
    assert.deepEqual(second, { ...held, since: world.clock.now() });
    goOn();
    assert.equal((await first).kind, 'finished');
  });

  it('is given to one of many that ask at once', async () => {
    const key = newKey();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => executeRun(world.deps, key, count(1))),
    );
    assert.equal(outcomes.filter(({ kind }) => kind === 'finished').length, 1);
    assert.equal((await findRun(world.deps, key))?.done, 1n);
  });

  it('is taken over when its lease has run out, and the late holder can write no more', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const late = executeRun(world.deps, key, work);
    await reached;
    await setLease(key, 'elsewhere/00000000:1:1', -1);
    assert.equal((await executeRun(world.deps, key, count(7))).kind, 'finished');
    goOn();
    await assert.rejects(late, LeaseLost);
    const row = await findRun(world.deps, key);
    assert.deepEqual([row?.state, row?.done, row?.attempt], ['finished', 7n, 2]);
  });

  it('is taken over at once from a process of this machine that is gone', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const late = executeRun(world.deps, key, work);
    await reached;
    const gone = spawnSync('true').pid;
    await setLease(key, processIdentity().replace(/:\d+:/, `:${gone}:`), 60);
    assert.equal((await executeRun(world.deps, key, count(1))).kind, 'finished');
    goOn();
    await assert.rejects(late, LeaseLost);
  });

  it('is not taken from a holder on another machine, or from a pid that was given out again elsewhere', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const first = executeRun(world.deps, key, work);
    await reached;
    await setLease(key, 'elsewhere/00000000:999999:1', 60);
    assert.equal((await executeRun(world.deps, key, count(1))).kind, 'held');
    goOn();
    await first;
  });

  it('is taken over when its pid now belongs to a younger process', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const late = executeRun(world.deps, key, work);
    await reached;
    await setLease(key, processIdentity().replace(/\d+$/, '1'), 60);
    assert.equal((await executeRun(world.deps, key, count(1))).kind, 'finished');
    goOn();
    await assert.rejects(late, LeaseLost);
  });
});

describe('a job for several business dates', () => {
  const earlier = '2026-05-08';

  it('is left to the date that is under way, and continues after it', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const first = executeRun(world.deps, { ...key, businessDate: earlier }, work);
    await reached;
    const refused = await executeRun(world.deps, key, () => assert.fail('two dates at once'));
    assert.equal(refused.kind, 'held');
    assert.equal(refused.businessDate, earlier);
    assert.equal((await findRun(world.deps, key))?.attempt, 0);
    goOn();
    await first;
    assert.equal((await executeRun(world.deps, key, count(1))).kind, 'finished');
  });

  it('is done one date at a time by many that ask at once, each date once', async () => {
    const { job } = newKey();
    const dates = ['2026-05-04', '2026-05-05', '2026-05-06', '2026-05-07', earlier];
    let [mapConcurrently, most] = [0, 0];
    const work: JobWork = async (deps, run) => {
      most = Math.max(most, (mapConcurrently += 1));
      const facts = await count(1)(deps, run);
      mapConcurrently -= 1;
      return facts;
    };
    const untilDone = async (businessDate: string) => {
      while ((await executeRun(world.deps, { job, businessDate }, work)).kind === 'held');
    };
    await Promise.all([...dates, ...dates].map(untilDone));
    const rows = await Promise.all(dates.map((businessDate) => findRun(world.deps, { job, businessDate })));
    assert.deepEqual(
      rows.map((row) => [row?.state, row?.attempt]),
      dates.map(() => ['finished', 1]),
    );
    assert.equal(most, 1);
  });

  it('is not held up by a holder that is gone, whose date continues later with what it had done', async () => {
    const key = newKey();
    const dead = { ...key, businessDate: earlier };
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late = executeRun(world.deps, dead, async (_deps, run) => {
      run.announce(2);
      await run.inChunk(async () => ({ done: 2 }));
      reached.resolve();
      await goOn.promise;
      await run.inChunk(async () => ({ done: 1 }));
      return {};
    });
    await reached.promise;
    await setLease(dead, 'elsewhere/00000000:1:1', -1);
    assert.equal((await executeRun(world.deps, key, count(1))).kind, 'finished');
    const left = await findRun(world.deps, dead);
    assert.deepEqual([left?.state, left?.heldBy, left?.error], ['failed', null, 'its process has died']);
    goOn.resolve();
    await assert.rejects(late, LeaseLost);
    const outcome = await executeRun(world.deps, dead, count(3));
    assert.equal(outcome.kind, 'finished');
    assert.deepEqual([outcome.attempt, outcome.counts.done], [2, 5]);
  });

  it('is refused a second date by the table itself', async () => {
    const key = newKey();
    const { work, reached, goOn } = pausing();
    const first = executeRun(world.deps, key, work);
    await reached;
    const second = world.deps.orm.em.fork().execute(
      `INSERT INTO run (job, business_date, part, state, attempt, held_by, expected, done, skipped, parked, started_at)
       VALUES (?, ?, '', 'running', 1, 'somebody', 0, 0, 0, 0, NOW(3))`,
      [key.job, earlier],
    );
    await assert.rejects(second, /run_of_job/);
    goOn();
    await first;
  });
});
