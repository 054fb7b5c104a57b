import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, businessDateOf } from '../../src/shared/calendar.rules.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { startBatch } from './batch-process.ts';
import { createBusyWorld, readResult, type BusyWorld } from './killed-world.ts';

describe('the batch command', () => {
  let busy: BusyWorld;
  before(async () => void (busy = await createBusyWorld({ lines: 40, charges: 1_500 })));
  after(() => busy.close());

  const run = (...args: string[]) => startBatch(busy.world, busy.filesDir, args).result;

  it('started twice at once, leads the job in one process while the other helps and says so', async () => {
    const args = ['fold-charges', '--business-date', '2026-05-31', '--chunk-size', '5'];
    const both = await Promise.all([run(...args), run(...args)]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
      both.map(({ errors }) => errors).join(),
    );
    const outputs = both.map(({ output }) => output);
    assert.equal(outputs.filter((output) => /expected 1,500 = done 1,500/.test(output)).length, 1);
    const other = outputs.find((output) => !/done 1,500/.test(output));
    assert.match(other ?? '', /has already run \(finished .+Z\): nothing to do\n$/);
    const { items } = await readResult(busy);
    assert.equal(items.length, 1_500);
    assert.equal(
      (await findRun(busy.world.deps, { job: 'fold-charges', businessDate: '2026-05-31' }))?.attempt,
      1,
    );
  });

  it('is refused in one line, with exit code 2, what it does not understand', async () => {
    const { code, output, errors } = await run('fold-charge');
    assert.deepEqual(
      [code, output, errors],
      [2, '', 'there is no job fold-charge; did you mean fold-charges? See --help.\n'],
    );
  });

  it('refuses a business date that has not ended, with exit code 1 and no run', async () => {
    const businessDate = businessDateOf(new Date(), 'Asia/Tokyo');
    const { code, errors } = await run('fold-charges', '--business-date', addDays(businessDate, 1));
    assert.equal(code, 1);
    assert.match(errors, /has not ended yet/);
    assert.equal(
      await findRun(busy.world.deps, { job: 'fold-charges', businessDate: addDays(businessDate, 1) }),
      undefined,
    );
  });

  it('takes yesterday in the billing time zone when no date is given, and says so', async () => {
    const { code, output } = await run('expire-authorizations');
    assert.equal(code, 0);
    assert.match(output, /^business date \d{4}-\d\d-\d\d \(yesterday in Asia\/Tokyo\)\n/);
  });
});
