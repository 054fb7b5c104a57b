import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, after, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { listPartitions } from '../../src/runs/partition.queries.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { readManifest } from '../../src/runs/run-row.rules.ts';
import { startBatch, type BatchProcess } from './batch-process.ts';
import { createBusyWorld, readResult, type BusyWorld } from './killed-world.ts';

const key = { job: 'fold-charges', businessDate: '2026-05-31' };
const size = { lines: 300, charges: 1_000 };

/** Many parts of a few chunks each: time enough for the second process to come. */
const args = ['fold-charges', '--business-date', key.businessDate, '--chunk-size', '2'];

const isBy = ({ child }: BatchProcess, name: string | null | undefined) =>
  name?.includes(`:${child.pid}:`) ?? false;

async function until(isTrue: () => Promise<boolean>, batch: BatchProcess): Promise<void> {
  while (!(await isTrue())) assert.ok(batch.isRunning(), 'it is still running');
}

describe('two processes on one fold', () => {
  let twin: BusyWorld;
  let shared: BusyWorld;
  before(async () => {
    twin = await createBusyWorld(size);
    await executeRun(twin.world.deps, key, foldCharges);
  });
  after(() => twin.close());
  beforeEach(async () => void (shared = await createBusyWorld(size)));
  afterEach(() => shared.close());

  const start = () => startBatch(shared.world, shared.filesDir, args);
  const parts = () => listPartitions(shared.world.deps, { ...key, prefix: 'fold/' });
  /** How many parts the process has taken. */
  const takenBy = async (batch: BatchProcess) =>
    (await parts()).filter(({ manifest }) => isBy(batch, readManifest(manifest).by)).length;

  /** One process that holds the run and one that has begun to help; neither can fold before both are running. */
  function startBoth() {
    return inTransaction(shared.world.deps, async ({ em }) => {
      await sqlOf(em).selectFrom('charge').select('id').forUpdate().execute();
      const holder = start();
      await until(async () => (await takenBy(holder)) > 0, holder);
      const helper = start();
      await until(async () => (await takenBy(helper)) > 0, helper);
      assert.ok(isBy(holder, (await findRun(shared.world.deps, key))?.heldBy));
      return { holder, helper };
    });
  }

  async function assertLikeTwin(): Promise<void> {
    assert.deepEqual(await readResult(shared), await readResult(twin));
    const run = await findRun(shared.world.deps, key);
    assert.deepEqual([run?.state, run?.expected, run?.done], ['finished', 1_000n, 1_000n]);
    assert.ok((await parts()).every(({ state }) => state === 'finished'));
  }

  it('both do parts of it, come to what one alone comes to, and change nothing when they run again', async () => {
    const { holder, helper } = await startBoth();
    const [held, helped] = [await holder.result, await helper.result];
    assert.deepEqual([held.code, helped.code], [0, 0], held.errors + helped.errors);
    assert.match(held.output, /expected 1,000 = done 1,000 \+ skipped 0 \+ parked 0/);
    assert.match(helped.output, /is being run by .+\nwaiting for fold-charges\n/);
    assert.match(helped.output, /assisted with \d+ partitions\n/);
    assert.match(helped.output, /has already run/);
    assert.ok((await takenBy(holder)) > 0 && (await takenBy(helper)) > 0);
    await assertLikeTwin();
    assert.match((await start().result).output, /has already run/);
    await assertLikeTwin();
  });

  it('the one that helps finishes it when the other, which holds the run, is killed with SIGKILL', async () => {
    const { holder, helper } = await startBoth();
    holder.child.kill('SIGKILL');
    assert.equal((await holder.result).code, null);
    const { code, output, errors } = await helper.result;
    assert.equal(code, 0, errors);
    assert.match(output, /expected 1,000 = done 1,000 \+ skipped 0 \+ parked 0, in [\d.]+ s, attempt 2/);
    await assertLikeTwin();
  });

  it('the one that holds the run takes over the parts of one that helped and was killed with SIGKILL', async () => {
    const { holder, helper } = await startBoth();
    helper.child.kill('SIGKILL');
    assert.equal((await helper.result).code, null);
    const { code, output, errors } = await holder.result;
    assert.equal(code, 0, errors);
    assert.match(output, /expected 1,000 = done 1,000 \+ skipped 0 \+ parked 0, in [\d.]+ s\n/);
    await assertLikeTwin();
  });
});
