import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, it } from 'node:test';
import { listHandOff } from '../../src/collections/list-hand-off.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { findRefusedInvoices } from '../../src/collections/refused-invoices.queries.ts';
import { exportRefusedInvoices } from '../../src/invoices/export-refused-invoices.ts';
import { staff } from '../support/actors.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from './billed-world.ts';
import { CollectionInbox } from './collection-inbox.ts';

const HEADER = 'invoice_number,answer,reason,answer_date,sequence';

let billed: BilledWorld;
let inbox: CollectionInbox;
let seller: SellingCompany;
let invoices: BilledInvoice[];
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
  seller = await billed.addSeller();
  invoices = await billed.bill('2026-03', [[[seller, 100n]], [[seller, 200n]], [[seller, 300n]]]);
});
after(() => billed.close());

const number = (index: number) => invoices[index]!.number;
const answer = (businessDate: string, ...rows: string[]) =>
  inbox.putText('answers.csv', [HEADER, ...rows, ''].join('\n')).then(() => inbox.run(businessDate));
const refused = async () =>
  (await findRefusedInvoices(billed.deps, undefined)).map((row) => [row.number, row.reason]);

it('invoices that the carrier refuses are parked under their number, with its reason', async () => {
  const { counts, parked } = await answer(
    '2026-05-01',
    `${number(0)},accepted,,2026-04-20,`,
    `${number(1)},refused,"address unknown, moved",2026-04-20,`,
    `${number(2)},refused,no contract,2026-04-20,`,
    `${number(2)},perhaps,,2026-04-20,`,
    '202603-31-9999999,accepted,,2026-04-20,',
    `${number(0)},refused,,2026-04-20,1`,
  );
  assert.deepEqual(counts, { expected: 6, done: 1, skipped: 0, parked: 5 });
  assert.deepEqual(
    parked.filter(({ subject }) => subject.startsWith('2026')),
    [
      { subject: number(1), reason: 'refused by the carrier: address unknown, moved' },
      { subject: number(2), reason: 'refused by the carrier: no contract' },
    ],
  );
  assert.deepEqual(await refused(), [
    [number(1), 'address unknown, moved'],
    [number(2), 'no contract'],
  ]);
});

it('they are exported once more, each as in the file of the close', async () => {
  const [exported] = await exportRefusedInvoices(billed.deps, staff());
  const lines = (await readFile(exported!.path, 'utf8')).split('\n');
  assert.match(lines[0]!, /^record,invoice_number,/);
  assert.deepEqual(
    [...new Set(lines.slice(1, -1).map((line) => line.split(',')[1]))],
    [number(1), number(2)],
  );
  assert.equal(lines.filter((line) => line.startsWith('item,')).length, 2);
  assert.equal(exported!.invoiceCount, 2);
});

it('a newer answer replaces an older one, in any order, and the same file changes nothing', async () => {
  const { counts } = await answer(
    '2026-05-02',
    `${number(1)},accepted,,2026-04-25,`,
    `${number(2)},accepted,,2026-04-10,`,
    `${number(2)},refused,no contract,2026-04-20,`,
  );
  assert.deepEqual(counts, { expected: 3, done: 2, skipped: 1, parked: 0 });
  assert.deepEqual(await refused(), [[number(2), 'no contract']]);
});

it('two answers of one day without a sequence contradict each other', async () => {
  const { counts } = await answer('2026-05-03', `${number(2)},accepted,,2026-04-20,`);
  assert.deepEqual(counts, { expected: 1, done: 0, skipped: 0, parked: 1 });
  assert.deepEqual(await refused(), []);
});

it('a company learns of a claim that has returned who held the line, and every look is recorded', async () => {
  await inbox.import(
    '2026-05-04',
    `${number(1)},partial,50,2026-05-01,,3`,
    `${number(0)},collected,,2026-05-01,,0`,
  );
  const claims = await listHandOff(billed.deps, staff('hanako', 'billing'), { companyCode: seller.code });
  assert.deepEqual(
    claims.map(({ invoiceNumber, holder, amountMinor, reason }) => ({
      invoiceNumber,
      holder,
      amountMinor,
      reason,
    })),
    [{ invoiceNumber: number(1), holder: '保有者', amountMinor: 150n, reason: 'partial 3' }],
  );
  const lead = staff('leiko', 'lead');
  const namesFor = async () =>
    (await listHandOff(billed.deps, lead, { companyCode: seller.code })).map(({ holder }) => holder);
  assert.deepEqual(await namesFor(), ['保＊＊＊']);
  const { lineId, holderFrom } = claims[0]!;
  await revealPersonalData(billed.deps, lead, { lineId, holderFrom, reason: 'check' });
  assert.deepEqual(await namesFor(), ['保有者']);
  const looks = await billed.rows<{ subject: string; facts: string }>(
    "SELECT subject, facts FROM audit_entry WHERE action = 'collection.hand-off'",
  );
  assert.deepEqual(
    looks.map(({ subject }) => subject),
    [`company:${seller.code}`, `company:${seller.code}`, `company:${seller.code}`],
  );
  await inbox.import('2026-05-05', `${number(1)},collected,,2026-05-02,,0`);
  assert.deepEqual(
    await listHandOff(billed.deps, staff('hanako', 'billing'), {
      companyCode: seller.code,
      period: '2026-03',
    }),
    [],
  );
});
