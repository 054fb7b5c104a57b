import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { executeRun } from '../../src/runs/execute-run.ts';
import type { PartitionWork } from '../../src/runs/partition-handle.ts';
import { listPartitions } from '../../src/runs/partition.queries.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { Stopped } from '../../src/runs/work-interrupted.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

const plan = async () => Array.from({ length: 4 }, () => ({ plan: {}, expected: 2 }));

it('a run and its parts are given back after a chunk when the process is to end, and go on there', async () => {
  const key = { job: 'stopped', businessDate: '2026-05-09', pollMs: 1 };
  let chunks = 0;
  const twoChunks: PartitionWork<object> = async (_deps, part) => {
    for (let done = Number(part.facts['done'] ?? 0) + 1; done <= 2; done += 1) {
      await part.inChunk(async () => ({ done: 1, facts: { done } }));
      chunks += 1;
    }
  };
  const dig = (stopping: () => boolean) =>
    executeRun(world.deps, { ...key, stopping }, async (_deps, run) => {
      await run.runPartitioned({ step: 'dig', work: twoChunks, plan });
      return {};
    });

  await assert.rejects(
    dig(() => chunks >= 3),
    Stopped,
  );
  const left = await findRun(world.deps, key);
  assert.deepEqual([left?.state, left?.heldBy], ['running', null]);
  const parts = await listPartitions(world.deps, { ...key, prefix: '' });
  assert.ok(parts.every(({ state, error }) => state !== 'failed' && error === null));

  const outcome = await dig(() => false);
  assert.equal(outcome.kind, 'finished');
  assert.deepEqual(outcome.counts, { expected: 8, done: 8, skipped: 0, parked: 0 });
  assert.equal(chunks, 8);
});
