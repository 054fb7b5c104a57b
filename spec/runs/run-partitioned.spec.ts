import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { claimPartition } from '../../src/runs/partition-table.ts';
import { executeRun, type RunOutcome } from '../../src/runs/execute-run.ts';
import { assistRun } from '../../src/runs/assist-run.ts';
import { processIdentity } from '../../src/runs/process-identity.ts';
import type { PartitionHandle, PartitionWork } from '../../src/runs/partition-handle.ts';
import { insertPartitions, listPartitions } from '../../src/runs/partition.queries.ts';
import { readManifest } from '../../src/runs/run-row.rules.ts';
import type { JobWork } from '../../src/runs/run-handle.ts';
import { noProgress } from '../../src/runs/run-progress.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

let days = 0;
const newKey = () => ({ job: `shared-${(days += 1)}`, businessDate: '2026-05-09', pollMs: 1 });
type Key = ReturnType<typeof newKey>;

const planOf = (count: number) => async () =>
  Array.from({ length: count }, (_, n) => ({ plan: { n }, expected: 2 }));

type Work = PartitionWork<{ n: number }>;

/** Two chunks, so that a part can be cut off between them; the second is not done again. */
const twoChunks: Work = async (_deps, part) => {
  for (const step of ['first', 'second']) {
    if (part.facts[step]) continue;
    await part.inChunk(async () => ({ done: 1, facts: { [step]: true } }));
  }
};

/** Leaves the other half undone, and does not say so. */
const half: Work = async (_deps, part) => void (await part.inChunk(async () => ({ done: 1 })));

const shared =
  (count: number, work: Work = twoChunks): JobWork =>
  async (_deps, run) => {
    const partitions = await run.runPartitioned({ step: 'dig', work, plan: planOf(count) });
    return { inParts: partitions.map(({ plan, counts }) => [plan.n, counts.done]) };
  };

const partsOf = (key: Key) => listPartitions(world.deps, { ...key, prefix: '' });

async function finish(key: Key, work: JobWork): Promise<RunOutcome & { kind: 'finished' }> {
  const outcome = await executeRun(world.deps, key, work);
  assert.equal(outcome.kind, 'finished');
  return outcome;
}

async function setPart(key: Key, part: string, heldBy: string, seconds: number): Promise<void> {
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('run')
    .set({
      heldBy,
      leaseToken: world.deps.ids.next(),
      leaseUntil: sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(seconds)} SECOND`,
    })
    .where('job', '=', key.job)
    .where('part', '=', part)
    .execute();
}

/** Lets every part stand still after its first chunk until the test has done something. */
function standing() {
  const reached = Promise.withResolvers<PartitionHandle<{ n: number }>>();
  const goOn = Promise.withResolvers<void>();
  const work: Work = async (deps, part) => {
    await part.inChunk(async () => ({ done: 1, facts: { first: true } }));
    reached.resolve(part);
    await goOn.promise;
    await twoChunks(deps, part);
  };
  return { work, reached: reached.promise, goOn: () => goOn.resolve() };
}

describe('a shared step', () => {
  it('has the figures of all its partitions in the finished run, each part once, and who did it', async () => {
    const key = newKey();
    const { counts, facts } = await finish(key, async (deps, run) => {
      run.announce(1);
      const last = await shared(3)(deps, run);
      await run.inChunk(async () => ({ done: 1 }));
      return last;
    });
    assert.deepEqual(counts, { expected: 7, done: 7, skipped: 0, parked: 0 });
    assert.deepEqual(facts, { inParts: [0, 1, 2].map((n) => [n, 2]) });
    const row = await findRun(world.deps, key);
    assert.deepEqual([row?.state, row?.expected, row?.done], ['finished', 7n, 7n]);
    const partitions = await partsOf(key);
    assert.deepEqual(
      partitions.map(({ part, state, done }) => [part, state, done]),
      ['dig/0001', 'dig/0002', 'dig/0003'].map((part) => [part, 'finished', 2n]),
    );
    assert.ok(partitions.every(({ manifest }) => readManifest(manifest).by === processIdentity()));
  });

  it('is worked on in several partitions at once, which share the pool', async () => {
    const begun: PromiseWithResolvers<void>[] = [Promise.withResolvers(), Promise.withResolvers()];
    // Each waits for the other: one after another they would never end.
    const { counts } = await finish(
      newKey(),
      shared(2, async (deps, part) => {
        begun[part.plan.n]!.resolve();
        await begun[1 - part.plan.n]!.promise;
        await twoChunks(deps, part);
      }),
    );
    assert.equal(counts.done, 4);
  });

  it('without partitions is no step at all', async () => {
    const key = newKey();
    assert.deepEqual((await finish(key, shared(0))).counts, { expected: 0, done: 0, skipped: 0, parked: 0 });
    assert.deepEqual(await partsOf(key), []);
  });

  it('continues past a part that fails, names it, and does only that one again in the next attempt', async () => {
    const key = newKey();
    const ran: number[] = [];
    const work =
      (fails: boolean): Work =>
      async (deps, part) => {
        ran.push(part.plan.n);
        if (fails && part.plan.n === 1) throw new Error('the disk is full');
        await twoChunks(deps, part);
      };
    await assert.rejects(executeRun(world.deps, key, shared(4, work(true))), {
      name: 'PartitionsFailed',
      message: '1 of 4 partitions failed, the first of them dig/0002: the disk is full',
    });
    assert.deepEqual(new Set(ran), new Set([0, 1, 2, 3]));
    assert.equal(ran.length, 4);
    assert.deepEqual(
      [(await findRun(world.deps, key))?.state, (await partsOf(key))[1]?.state],
      ['failed', 'failed'],
    );
    const { counts, attempt } = await finish(key, shared(9, work(false)));
    assert.deepEqual([counts.done, attempt], [8, 2], 'the plan of the first attempt is found again');
    assert.deepEqual(ran.slice(4), [1]);
    assert.equal((await executeRun(world.deps, key, () => assert.fail())).kind, 'already-finished');
  });

  it('fails where a part does not come to what was expected of it', async () => {
    await assert.rejects(
      executeRun(world.deps, newKey(), shared(1, half)),
      /dig\/0001: expected 2, but did 1/,
    );
  });

  it('does not let its run end while a part is open', async () => {
    const key = newKey();
    await assert.rejects(
      executeRun(
        world.deps,
        key,
        shared(2, () => Promise.reject(new Error('no'))),
      ),
      /no/,
    );
    await assert.rejects(
      executeRun(world.deps, key, async () => ({})),
      /partition dig\/0001 has not finished/,
    );
  });
});

describe('a part', () => {
  it('is given back when its connection is cut, and fails when that happens again and again', async () => {
    const cut = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    const cuttingOff = (times: number) => {
      const ran: number[] = [];
      const work: Work = async (deps, part) => {
        ran.push(part.plan.n);
        if (ran.length <= times) throw cut;
        await twoChunks(deps, part);
      };
      return { ran, work };
    };
    const once = cuttingOff(1);
    assert.equal((await finish(newKey(), shared(1, once.work))).counts.done, 2);
    assert.deepEqual(once.ran, [0, 0]);
    const always = cuttingOff(Infinity);
    await assert.rejects(
      executeRun(world.deps, newKey(), shared(1, always.work)),
      /dig\/0001: read ECONNRESET/,
    );
    assert.equal(always.ran.length, 5);
  });

  it('is given to one of many that ask at once', async () => {
    const key = newKey();
    await executeRun(world.deps, key, async () => ({}));
    const ofStep = { ...key, prefix: 'dig/' };
    await inTransaction(world.deps, async (tx) => insertPartitions(tx, ofStep, await planOf(60)()));
    const claimed: string[] = [];
    const claimer = async () => {
      // One that finds all free partitions locked at this moment looks again.
      while (claimed.length < 60) {
        const part = await claimPartition(world.deps, ofStep);
        if (part) claimed.push(part.claimed.part);
      }
    };
    await Promise.all(Array.from({ length: 8 }, claimer));
    assert.equal(new Set(claimed).size, 60);
    assert.equal(claimed.length, 60);
    assert.equal(await claimPartition(world.deps, ofStep), undefined);
  });

  it('is done by a process that helps, while the one that holds the run waits for it', async () => {
    const key = newKey();
    const { work, reached, goOn } = standing();
    const holder = executeRun(world.deps, key, shared(6, work));
    await reached;
    const partitions = { dig: twoChunks, rake: () => assert.fail('there is no such step') };
    assert.ok((await assistRun(world.deps, { ...key, partitions })) >= 4, 'all that the holder is not at');
    assert.equal(await assistRun(world.deps, { ...key, partitions }), 0);
    goOn();
    const outcome = await holder;
    assert.ok(outcome.kind === 'finished');
    assert.deepEqual(outcome.counts, { expected: 12, done: 12, skipped: 0, parked: 0 });
  });

  it('is begun by no process that is to end', async () => {
    const key = newKey();
    const { work, reached, goOn } = standing();
    const holder = executeRun(world.deps, key, shared(6, work));
    await reached;
    const help = { ...key, partitions: { dig: twoChunks }, stopping: () => true };
    assert.equal(await assistRun(world.deps, help), 0);
    goOn();
    await holder;
  });

  for (const [how, holder, seconds] of [
    ['whose lease has run out', () => 'elsewhere/00000000:1:1', -1],
    [
      'whose holder is gone from this machine',
      () => processIdentity().replace(/:\d+:/, `:${spawnSync('true').pid}:`),
      60,
    ],
  ] as const) {
    it(`${how} is carried on after its last chunk, and the late holder can write no more`, async () => {
      const key = newKey();
      const late = standing();
      const found: unknown[] = [];
      const work: Work = async (deps, part) => {
        found.push(part.facts);
        await (found.length === 1 ? late.work : twoChunks)(deps, part);
      };
      const run = executeRun(world.deps, key, shared(1, work));
      await late.reached;
      await setPart(key, 'dig/0001', holder(), seconds);
      // The first one takes it over: this one, or the other worker of the run's holder.
      await assistRun(world.deps, { ...key, partitions: { dig: work } });
      late.goOn();
      const outcome = await run;
      assert.ok(outcome.kind === 'finished', 'the run itself was never lost');
      assert.deepEqual(found, [{}, { first: true }]);
      assert.equal(outcome.counts.done, 2, 'counted once');
    });
  }

  it('of a process elsewhere is waited for while its lease continues', async () => {
    const key = newKey();
    const { work, reached, goOn } = standing();
    const othersDone = Promise.withResolvers<void>();
    const advance = ({ done }: { done: number }) => void (done === 4 && othersDone.resolve());
    const run = executeRun(world.deps, { ...key, progress: { ...noProgress, advance } }, shared(3, work));
    await reached;
    await setPart(key, 'dig/0003', 'elsewhere/00000000:1:1', 60);
    goOn();
    await othersDone.promise;
    assert.equal(await assistRun(world.deps, { ...key, partitions: { dig: work } }), 0);
    assert.equal((await findRun(world.deps, key))?.state, 'running');
    await setPart(key, 'dig/0003', 'elsewhere/00000000:1:1', -1);
    const outcome = await run;
    assert.ok(outcome.kind === 'finished');
    assert.equal(outcome.counts.done, 6);
  });
});
