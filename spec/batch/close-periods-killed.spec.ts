import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { finishNeeds } from '../support/finish-needs.ts';
import { killWhen, startBatch } from './batch-process.ts';
import { createBusyWorld, readDetails, readResult, type BusyWorld } from './killed-world.ts';

const key = { job: 'close-periods', businessDate: '2026-05-31' };

describe('close-periods, killed with SIGKILL in the middle', () => {
  let disturbed: BusyWorld;
  let twin: BusyWorld;
  before(async () => {
    disturbed = await createBusyWorld({ lines: 400, charges: 2_000 });
    twin = await createBusyWorld({ lines: 400, charges: 2_000 });
    await executeRun(twin.world.deps, key, closePeriods);
    await finishNeeds(disturbed.world.deps, key);
  });
  after(async () => {
    await disturbed.close();
    await twin.close();
  });

  const start = (...more: string[]) =>
    startBatch(disturbed.world, disturbed.filesDir, [
      'close-periods',
      '--business-date',
      '2026-05-31',
      ...more,
    ]);

  async function count(table: 'invoice_item' | 'line_invoice', numbered = false): Promise<number> {
    let query = sqlOf(disturbed.world.deps.orm.em.fork())
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('count'));
    if (numbered) query = query.where('number' as never, 'is not', null);
    return Number((await query.executeTakeFirstOrThrow()).count);
  }

  it('while it folds and while it numbers, ends with the totals, numbers and bytes of an undisturbed twin', async () => {
    const folded = 50 + Math.floor(Math.random() * 500);
    await killWhen(start('--chunk-size', '10'), async () => (await count('invoice_item')) >= folded);
    assert.ok((await count('invoice_item')) < 2_000, 'it was folding');
    assert.equal(await count('line_invoice', true), 0);

    const numbered = 10 + Math.floor(Math.random() * 150);
    await killWhen(start('--chunk-size', '3'), async () => (await count('line_invoice', true)) >= numbered);
    const numbers = await count('line_invoice', true);
    assert.ok(numbers >= numbered && numbers < 400, 'it was numbering');

    const { code, errors, output } = await start().result;
    assert.equal(code, 0, errors);
    assert.match(output, /expected 1 = done 1 \+ skipped 0 \+ parked 0/);
    assert.deepEqual(await readResult(disturbed), await readResult(twin));
    assert.deepEqual(await readDetails(disturbed), await readDetails(twin));
    assert.deepEqual(await readdir(join(disturbed.filesDir, 'invoices')), ['2026-05-31.csv']);
  });
});
