import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { listPartitions } from '../../src/runs/partition.queries.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { killWhen, signalWhen, startBatch } from './batch-process.ts';
import { createBusyWorld, readResult, type BusyWorld } from './killed-world.ts';

const key = { job: 'fold-charges', businessDate: '2026-05-31' };
const CHARGES = 3_000;

describe('fold-charges, ended in the middle', () => {
  let disturbed: BusyWorld;
  let twin: BusyWorld;
  before(async () => {
    disturbed = await createBusyWorld({ lines: 100, charges: CHARGES });
    twin = await createBusyWorld({ lines: 100, charges: CHARGES });
    await executeRun(twin.world.deps, key, foldCharges);
  });
  after(async () => {
    await disturbed.close();
    await twin.close();
  });

  const start = (...more: string[]) =>
    startBatch(disturbed.world, disturbed.filesDir, [
      'fold-charges',
      '--business-date',
      '2026-05-31',
      ...more,
    ]);
  /** While the run continues, its row counts what was done outside parts. */
  const done = async () => {
    const parts = await listPartitions(disturbed.world.deps, { ...key, prefix: '' });
    const own = Number((await findRun(disturbed.world.deps, key))?.done ?? 0);
    return parts.reduce((sum, part) => sum + Number(part.done), own);
  };

  it('ends with its chunk when it is asked to, prints that, and releases the run', async () => {
    const { code, output, errors } = await signalWhen(
      start('--chunk-size', '10'),
      'SIGTERM',
      async () => (await done()) >= 20,
    );
    assert.equal(code, 1, errors);
    assert.match(output, /fold-charges for 2026-05-31 was stopped; run it again to continue\n$/);
    const run = await findRun(disturbed.world.deps, key);
    assert.deepEqual([run?.state, run?.heldBy, run?.error], ['running', null, null]);
    const parts = await listPartitions(disturbed.world.deps, { ...key, prefix: '' });
    assert.ok(
      parts.some(({ state }) => state === 'running') && parts.every(({ state }) => state !== 'failed'),
    );
    assert.ok((await done()) < CHARGES, 'it was in the middle');
    assert.equal((await readResult(disturbed)).items.length, await done(), 'counters and items agree');
  });

  it('killed with SIGKILL, leaves whole chunks, is carried on by the next process at once, and ends with the totals of an undisturbed twin', async () => {
    for (let kill = 1; kill <= 2; kill += 1) {
      const before = await done();
      const moment = before + 20 + Math.floor(Math.random() * 400);
      await killWhen(start('--chunk-size', '10'), async () => (await done()) >= moment);
      const run = await findRun(disturbed.world.deps, key);
      assert.equal(run?.state, 'running');
      assert.ok((await done()) < CHARGES, 'it was in the middle');
      assert.equal((await readResult(disturbed)).items.length, await done(), 'counters and items agree');
    }
    const { code, output, errors } = await start().result;
    assert.equal(code, 0, errors);
    assert.match(output, /continues where attempt 3 stopped/);
    assert.match(output, /expected 3,000 = done 3,000 \+ skipped 0 \+ parked 0, in [\d.]+ s, attempt 4/);
    assert.deepEqual(await readResult(disturbed), await readResult(twin));
  });

  it('says that it has run when it is started once more, and changes nothing', async () => {
    const { code, output } = await start().result;
    assert.equal(code, 0);
    assert.match(
      output,
      /^fold-charges for 2026-05-31 has already run \(finished \d{4}-\d\d-\d\d \d\d:\d\d\): nothing to do\n$/,
    );
    assert.deepEqual(await readResult(disturbed), await readResult(twin));
  });
});
