import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseDemoOptions } from '../../batch/demo/options.ts';
import { markFinish } from '../../batch/demo/world-mark.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { addDays, businessDateOf } from '../../src/shared/calendar.rules.ts';
import { finishNeeds } from '../support/finish-needs.ts';
import { createWorld, type World } from '../support/world.ts';
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
    assert.match(other ?? '', /has already run \(finished \d{4}-\d\d-\d\d \d\d:\d\d\): nothing to do\n$/);
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
      [2, '', 'There is no job "fold-charge". Did you mean fold-charges?\n'],
    );
  });

  for (const job of ['fold-charges', 'night']) {
    it(`refuses ${job} of a business date that has not ended once, with exit code 2 and no run`, async () => {
      const today = businessDateOf(new Date(), 'Asia/Tokyo');
      const businessDate = addDays(today, 1);
      const { code, output, errors } = await run(job, '--business-date', businessDate);
      assert.deepEqual([code, output], [2, '']);
      assert.equal(
        errors,
        `--business-date ${businessDate} has not ended: it is ${today} in Asia/Tokyo, so ${addDays(today, -1)} is the last one that can run\n`,
      );
      assert.equal(await countRuns(busy.world, businessDate), 0);
    });
  }

  it('refuses a job whose needs have not finished for the date, names them, and runs it once they have', async () => {
    const key = { job: 'close-periods', businessDate: '2026-05-30' };
    const args = [key.job, '--business-date', key.businessDate];
    const refused = await run(...args);
    assert.equal(refused.code, 1);
    assert.match(
      refused.errors,
      /close-periods for 2026-05-30 needs renew-subscriptions, fold-charges of that date/,
    );
    assert.equal(await countRuns(busy.world, key.businessDate), 0);
    await finishNeeds(busy.world.deps, key);
    assert.equal((await run(...args)).code, 0);
  });

  it('takes yesterday in the billing time zone when no date is given, and says so', async () => {
    const { code, output } = await run('expire-authorizations');
    assert.equal(code, 0);
    assert.match(output, /^business date \d{4}-\d\d-\d\d \(yesterday in Asia\/Tokyo\)\n/);
  });
});

describe('the batch command in the world of a demo', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    world.clock.set(new Date('2020-06-01T00:00:00.000Z'));
    await markFinish(world.deps, parseDemoOptions(['--out', world.config.filesDir]));
  });
  after(() => world.close());

  const run = (...args: string[]) => startBatch(world, world.config.filesDir, args).result;

  it('refuses a business date that has not ended there, though it has here', async () => {
    const { code, output, errors } = await run('night', '--business-date', '2020-06-01');
    assert.deepEqual([code, output], [2, '']);
    assert.match(
      errors,
      /it is 2020-06-01 in Asia\/Tokyo, in the world of the demo, so 2020-05-31 is the last/,
    );
    assert.equal(await countRuns(world, '2020-06-01'), 0);
  });

  it('runs for the last one that has ended there', async () => {
    const { code, output } = await run('expire-authorizations', '--business-date', '2020-05-31');
    assert.equal(code, 0);
    assert.match(output, /^expire-authorizations for 2020-05-31: /m);
  });
});

async function countRuns({ deps }: World, businessDate: string): Promise<number> {
  const runs = sqlOf(deps.orm.em.fork()).selectFrom('run').select('job');
  return (await runs.where('businessDate', '=', businessDate).execute()).length;
}
