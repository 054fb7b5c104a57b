import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sliceByCharges } from '../../src/collections/charge-slices.rules.ts';
import { importCollectionFile } from '../../src/collections/import-collection-file.ts';
import {
  listClawbackCharges,
  streamClawbackCharges,
} from '../../src/collections/settlement-clawbacks.queries.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { fakeRun } from '../support/fake-run.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from './billed-world.ts';
import { CollectionInbox } from './collection-inbox.ts';

let billed: BilledWorld;
let inbox: CollectionInbox;
let sellers: [a: SellingCompany, b: SellingCompany, carrier: SellingCompany];
let invoices: BilledInvoice[];
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
  sellers = [
    await billed.addSeller(),
    await billed.addSeller(),
    await billed.addSeller({ legalModel: 'assignment' }),
  ];
  const [a, b, carrier] = sellers;
  invoices = await billed.bill('2026-01', [
    [
      [a, 100n],
      [a, 300n],
      [b, 600n],
    ],
    [
      [a, 1_000n],
      [carrier, 1_000n],
    ],
    ...Array.from(
      { length: 5 },
      () =>
        [
          [b, 10n],
          [b, 20n],
        ] as const,
    ),
  ]);
});
after(() => billed.close());

/** The events since a number of them, by company. */
async function eventsAfter(count: number) {
  const rows = await billed.rows<{
    id: number;
    type: string;
    companyId: number;
    subject: string;
    snapshot: string;
  }>(
    `SELECT id, type, company_id AS companyId, subject_id AS subject, snapshot FROM event WHERE subject_kind = 'clawback'
     ORDER BY id LIMIT 1000 OFFSET ${count}`,
  );
  return rows.map(({ type, companyId, snapshot }) => ({
    type,
    seller: sellers.findIndex((seller) => seller.companyId === companyId),
    ...(JSON.parse(snapshot) as object),
  }));
}

it('a company hears once of what it owes back of a month, and of what comes back to it', async () => {
  const rows = [
    `${invoices[0]!.number},partial,500,2026-02-20,,`,
    `${invoices[1]!.number},uncollected,,2026-02-20,,`,
  ];
  await inbox.import('2026-02-21', ...rows);
  const period = { billingPeriod: '2026-01', bookedOn: '2026-02-21' };
  assert.deepEqual(await eventsAfter(0), [
    { type: 'clawback.booked', seller: 0, ...period, amountMinor: '1200', invoiceCount: 2, chargeCount: 3 },
    { type: 'clawback.booked', seller: 1, ...period, amountMinor: '300', invoiceCount: 1, chargeCount: 1 },
  ]);
  await inbox.import('2026-02-22', ...rows);
  assert.equal((await eventsAfter(2)).length, 0);
  await inbox.import('2026-02-23', `${invoices[1]!.number},partial,1500,2026-02-22,,`);
  assert.deepEqual(await eventsAfter(2), [
    {
      type: 'clawback.recovered',
      seller: 0,
      ...period,
      bookedOn: '2026-02-23',
      amountMinor: '750',
      invoiceCount: 1,
      chargeCount: 1,
    },
  ]);
});

it('each event is an entry of the ledger, of the same journal and amount, and names its rows', async () => {
  const [mismatch] = await billed.rows<{ count: number }>(
    `SELECT COUNT(*) AS count FROM event e
     LEFT JOIN ledger_entry l ON l.journal_id = e.subject_id AND l.kind = IF(e.type = 'clawback.booked', 'clawback', 'recovery')
     LEFT JOIN (SELECT journal_id, kind, SUM(amount_minor) AS total FROM clawback GROUP BY 1, 2) k
       ON k.journal_id = e.subject_id AND k.kind = l.kind
     WHERE e.subject_kind = 'clawback'
       AND NOT (l.amount_minor <=> CAST(JSON_VALUE(e.snapshot, '$.amountMinor') AS SIGNED) AND k.total <=> l.amount_minor)`,
  );
  assert.equal(Number(mismatch?.count), 0);
  assert.equal((await eventsAfter(0)).length, 3);
});

it('a transaction touches a bounded number of charges, and an invoice is never parted', async () => {
  const small = invoices.slice(2);
  const text = [
    'invoice_number,result,collected_amount,result_date',
    ...small.map(({ number }) => `${number},uncollected,,2026-02-20`),
    '202601-31-9999999,uncollected,,2026-02-20',
    `${small[0]!.number},paid,,2026-02-20`,
    '',
  ].join('\n');
  const perChunk: number[] = [];
  const report = await importCollectionFile(
    billed.deps,
    { kind: 'job', job: 'import-collections' },
    {
      read: async function* () {
        yield Buffer.from(text);
      },
      fileName: 'many.csv',
      bookedOn: '2026-02-24',
      maxCharges: 4,
      inChunk: async (work) => {
        const before = await billed.rows('SELECT 1 FROM clawback');
        const chunk = await inTransaction(billed.deps, work);
        perChunk.push((await billed.rows('SELECT 1 FROM clawback')).length - before.length);
        return chunk;
      },
    },
  );
  const { booked, known, refused, read } = report;
  assert.deepEqual({ booked, known, refused, read }, { booked: 5, known: 0, refused: 2, read: 7 });
  assert.deepEqual(perChunk, [4, 4, 2]);
  assert.equal((await eventsAfter(3)).length, 3);
});

it('slices keep their order, and what is too large is alone', () => {
  const slices = sliceByCharges([0, 3, 2, 9, 0, 1, 5], (charges) => charges, 5);
  assert.deepEqual(slices, [[0, 3, 2], [9], [0, 1], [5]]);
  assert.deepEqual(
    sliceByCharges([], () => 1),
    [],
  );
});

it('the list behind a settlement is read in pages, in its order', async () => {
  await fakeRun(billed.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-03-10' });
  const [settlement] = await billed.rows<{ id: string }>(
    'SELECT id FROM settlement WHERE company_id = ? AND clawback_minor > 0',
    [sellers[1].companyId],
  );
  const settlementId = settlement!.id;
  const all = await listClawbackCharges(billed.deps, { settlementId, limit: 100 });
  assert.equal(all.length, 11);
  assert.deepEqual(
    all.map(({ chargeId }) => chargeId),
    all.map(({ chargeId }) => chargeId).toSorted(),
  );
  for (const pageRows of [1, 4, 11, 12]) {
    const streamed = [];
    for await (const charge of streamClawbackCharges(billed.deps, settlementId, pageRows))
      streamed.push(charge);
    assert.deepEqual(streamed, all);
  }
});
