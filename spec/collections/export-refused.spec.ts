import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { importCollectionFiles } from '../../src/collections/import-collection-files.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { exportRefusedInvoices } from '../../src/invoices/export-refused-invoices.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { detailColumns } from '../../src/invoices/invoice-details.rules.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { capture, makeMarket, type Market } from '../invoices/captured-charges.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { recordRefunds } from '../support/refunds.ts';
import { createWorld, type World } from '../support/world.ts';

type Row = Readonly<Record<(typeof detailColumns)[number], string>>;

let world: World;
let market: Market;
let april: string[];
let refunds: string[];
/** Numbers of the invoices of May, by line: with a refund, of a refund alone, with a charge alone. */
let numbers: string[];
before(async () => {
  world = await createWorld();
  world.clock.set(new Date('2026-07-05T00:00:00.000Z'));
  market = await makeMarket(world.deps, { lineCount: 3 });
  const sold = (line: number, amountMinor: bigint, businessDate: string) => ({
    ...market.registered,
    lineId: market.lines[line]!,
    amountMinor,
    businessDate,
  });
  april = await capture(world.deps, [sold(0, 1_000n, '2026-04-10'), sold(1, 500n, '2026-04-20')]);
  await close('2026-04-30');
  await capture(world.deps, [sold(0, 900n, '2026-05-10'), sold(2, 700n, '2026-05-11')]);
  refunds = await recordRefunds(world.deps, [
    { chargeId: april[0]!, amountMinor: 400n, businessDate: '2026-05-12', period: '2026-05' },
    { chargeId: april[1]!, amountMinor: 500n, businessDate: '2026-05-13', period: '2026-05' },
  ]);
  await executeRun(world.deps, { job: 'fold-charges', businessDate: '2026-05-31' }, foldCharges);
  await close('2026-05-31');
  const invoices = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('line_invoice')
    .select(['lineId', 'number'])
    .where('billingPeriod', '=', '2026-05')
    .execute();
  numbers = market.lines.map((line) => invoices.find(({ lineId }) => lineId === line)!.number!);
});
after(() => world.close());

async function close(businessDate: string): Promise<void> {
  await executeRun(world.deps, { job: 'close-periods', businessDate }, closePeriods);
}

async function answer(businessDate: string, ...rows: readonly string[]) {
  const inbox = join(world.config.filesDir, 'collections', 'inbox');
  await mkdir(inbox, { recursive: true });
  const text = ['invoice_number,answer,reason,answer_date', ...rows, ''].join('\n');
  await writeFile(join(inbox, 'answers.csv'), text);
  const { counts, parked } = await fakeRun(world.deps, importCollectionFiles, {
    job: 'import-collections',
    businessDate,
  });
  return { counts, parked: parked.map(({ subject }) => subject) };
}

const readRows = async (path: string): Promise<Row[]> =>
  parse(await readFile(path, 'utf8'), { columns: true });
const detailsOfClose = () => readRows(join(world.config.filesDir, 'invoices', '2026-05-31.csv'));

it('refused invoices are exported as at the close, refunds with their kind and original charge', async () => {
  const { counts, parked } = await answer(
    '2026-06-20',
    `${numbers[0]},refused,original charge unknown,2026-06-18`,
    `${numbers[1]},refused,credit not accepted,2026-06-18`,
    `${numbers[2]},accepted,,2026-06-18`,
  );
  assert.deepEqual(counts, { expected: 3, done: 1, skipped: 0, parked: 2 });
  assert.deepEqual(parked, [numbers[0]!, numbers[1]!].toSorted());
  const [exported, ...others] = await exportRefusedInvoices(world.deps, staff());
  assert.deepEqual([exported!.invoiceCount, exported!.billingPeriod, others], [2, '2026-05', []]);
  const [heading] = (await readFile(exported!.path, 'utf8')).split('\n');
  assert.equal(heading?.replace('\r', ''), detailColumns.join(','));
  const rows = await readRows(exported!.path);
  assert.deepEqual(
    rows,
    (await detailsOfClose()).filter((row) => row.invoice_number !== numbers[2]),
  );
  const items = rows.filter(({ item_kind: kind }) => kind === 'refund');
  assert.deepEqual(
    items.map((row) => [
      row.invoice_number,
      row.refund_id,
      row.charge_id,
      row.amount,
      row.supplied_on,
      row.original_supplied_on,
      row.original_period,
    ]),
    [
      [
        numbers[0],
        publicId('refund', refunds[0]!),
        publicId('charge', april[0]!),
        '-400',
        '2026-05-12',
        '2026-04-10',
        '2026-04',
      ],
      [
        numbers[1],
        publicId('refund', refunds[1]!),
        publicId('charge', april[1]!),
        '-500',
        '2026-05-13',
        '2026-04-20',
        '2026-04',
      ],
    ],
  );
  assert.deepEqual(
    rows.filter(({ record }) => record === 'invoice').map(({ amount, balance }) => [amount, balance]),
    [
      ['500', 'due'],
      ['-500', 'credit'],
    ],
  );
});

it('the second round accepts them one by one, and only what is still refused is exported again', async () => {
  const round = await answer(
    '2026-06-25',
    `${numbers[0]},accepted,,2026-06-24`,
    `${numbers[1]},refused,credit not accepted,2026-06-24`,
  );
  assert.deepEqual(round, { counts: { expected: 2, done: 1, skipped: 0, parked: 1 }, parked: [numbers[1]] });
  const [exported] = await exportRefusedInvoices(world.deps, staff(), { period: '2026-05' });
  assert.deepEqual(
    [...new Set((await readRows(exported!.path)).map((row) => row.invoice_number))],
    [numbers[1]],
  );
  const last = await answer('2026-06-28', `${numbers[1]},accepted,,2026-06-27`);
  assert.deepEqual(last, { counts: { expected: 1, done: 1, skipped: 0, parked: 0 }, parked: [] });
  assert.deepEqual(await exportRefusedInvoices(world.deps, staff()), []);
  // The first answers again, late: they are older.
  const late = await answer('2026-06-29', `${numbers[0]},refused,original charge unknown,2026-06-18`);
  assert.deepEqual(late.counts, { expected: 1, done: 0, skipped: 1, parked: 0 });
  assert.deepEqual(await exportRefusedInvoices(world.deps, staff()), []);
});
