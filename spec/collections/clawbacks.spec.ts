import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { collectNothingDue } from '../../src/collections/collect-nothing-due.ts';
import { clawedBackOf } from '../../src/collections/clawed-back.queries.ts';
import { cutCollection } from '../../src/collections/cut-collection.ts';
import { importCollectionFile } from '../../src/collections/import-collection-file.ts';
import { sumPendingClawbacks } from '../../src/collections/pending-clawbacks.queries.ts';
import { areResultsIn } from '../../src/collections/results-are-in.queries.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { runStatement } from '../../src/database/statement-pipeline.ts';
import { writeStatement } from '../../src/database/statement.ts';
import { tamper } from '../invariants/tamper.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from './billed-world.ts';
import { CollectionInbox } from './collection-inbox.ts';

let billed: BilledWorld;
let inbox: CollectionInbox;
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
});
after(() => billed.close());

let months = 0;
async function billNew(terms: Parameters<BilledWorld['addSeller']>[0], ...amounts: readonly bigint[]) {
  months += 1;
  const seller = await billed.addSeller(terms);
  const invoices = await billed.bill(
    `2026-0${months}`,
    amounts.map((amount) => [[seller, amount] as const]),
  );
  return { seller, period: `2026-0${months}`, invoice: invoices[0] as BilledInvoice, invoices };
}

async function refundByBank(chargeId: string, amountMinor: bigint): Promise<void> {
  await inTransaction(billed.deps, (tx) =>
    runStatement(
      tx.em,
      writeStatement(
        `INSERT INTO refund SELECT ?, id, company_id, service_id, line_id, holder_from, billing_period, closing_group, ?,
           (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refund r WHERE r.charge_id = ?), tax_code, tax_rate_bps, 'bank', '2026-05-02',
           '2026-05', NULL, 'goodwill', NULL, NULL, NULL, 'spec', ? FROM charge WHERE id = ?`,
        [tx.ids.next(), String(amountMinor), chargeId, tx.clock.now(), chargeId],
      ),
    ),
  );
}

async function net(chargeIds: readonly string[]): Promise<bigint> {
  const clawedBack = await clawedBackOf(billed.deps, chargeIds);
  return [...clawedBack.values()].reduce((sum, amount) => sum + amount, 0n);
}

const payable = async ({ code }: SellingCompany) => (await inbox.balances())[`company-payable:${code}`] ?? 0n;

describe('a charge costs its company once', () => {
  it('when it was refunded before it is uncollected', async () => {
    const { seller, period, invoice } = await billNew({}, 300n);
    await refundByBank(invoice.chargeIds[0]!, 100n);
    await inbox.import('2026-05-01', `${invoice.number},uncollected,0,2026-04-01,,1`);
    assert.equal(await net(invoice.chargeIds), 200n);
    assert.deepEqual(
      (await sumPendingClawbacks(billed.deps, period, [seller.companyId])).get(seller.companyId)
        ?.clawbackMinor,
      200n,
    );
    await inbox.import('2026-05-02', `${invoice.number},partial,200,2026-04-02,,`);
    assert.equal(await net(invoice.chargeIds), 100n);
    await inbox.import('2026-05-03', `${invoice.number},collected,300,2026-04-03,,0`);
    assert.equal(await net(invoice.chargeIds), 0n);
    assert.equal(await payable(seller), 300n);
  });

  it('and is refunded no more than is left after it was clawed back', async () => {
    const { invoice } = await billNew({}, 300n);
    await inbox.import('2026-05-01', `${invoice.number},partial,100,2026-04-01,,`);
    await assert.rejects(refundByBank(invoice.chargeIds[0]!, 101n), { code: 'claim-returned' });
    await refundByBank(invoice.chargeIds[0]!, 100n);
    await inbox.import('2026-05-02', `${invoice.number},uncollected,0,2026-04-02,,1`);
    assert.equal(await net(invoice.chargeIds), 200n);
  });

  it('and nothing while the debit is tried again', async () => {
    const { seller, invoice } = await billNew({}, 300n);
    await inbox.import('2026-05-01', `${invoice.number},pending,,2026-04-01,,1`);
    assert.deepEqual([await net(invoice.chargeIds), await payable(seller)], [0n, 300n]);
    await inbox.import('2026-05-02', `${invoice.number},uncollected,,2026-04-15,,1`);
    assert.deepEqual([await net(invoice.chargeIds), await payable(seller)], [300n, 0n]);
    await inbox.import('2026-05-03', `${invoice.number},pending,,2026-04-16,,`);
    assert.deepEqual([await net(invoice.chargeIds), await payable(seller)], [0n, 300n]);
  });
});

it('an assigned claim is borne by the carrier, and comes back to it', async () => {
  const { seller, invoice } = await billNew({ legalModel: 'assignment' }, 300n);
  const before = (await inbox.balances())['credit-loss'] ?? 0n;
  await inbox.import('2026-05-01', `${invoice.number},uncollected,,2026-04-01,,1`);
  assert.equal((await inbox.balances())['credit-loss'], before - 300n);
  await inbox.import('2026-05-02', `${invoice.number},partial,120,2026-04-02,,`);
  assert.equal((await inbox.balances())['credit-loss'], before - 180n);
  assert.deepEqual([await net(invoice.chargeIds), await payable(seller)], [0n, 300n]);
  const [share] = await billed.rows<object>(
    'SELECT legal_model, lost_minor, recovered_minor FROM company_collection WHERE invoice_number = ?',
    [invoice.number],
  );
  assert.deepEqual({ ...share }, { legal_model: 'assignment', lost_minor: 300, recovered_minor: 120 });
});

describe('an import', () => {
  it('that is killed before any of its chunks and run again has the same end', async () => {
    const { invoices } = await billNew({}, 100n, 200n, 300n, 400n, 500n);
    const rows = invoices.map(({ number }, index) =>
      index % 2 === 0 ? `${number},uncollected,,2026-04-01,,1` : `${number},collected,,2026-04-01,,0`,
    );
    for (let killed = 1; killed <= 3; killed += 1) {
      await inbox.put(rows, 'killed.csv');
      const beforeChunk = (chunk: number) => {
        if (chunk === killed) throw new Error('killed');
      };
      await assert.rejects(inbox.run('2026-05-04', { chunkSize: 2, beforeChunk }), /killed/);
    }
    assert.deepEqual(await inbox.list('inbox'), ['killed.csv']);
    const { counts } = await inbox.run('2026-05-04', { chunkSize: 2 });
    assert.equal(counts.done + counts.skipped, 5);
    const once = await inbox.end();
    await inbox.put(rows.toReversed(), 'killed.csv');
    assert.deepEqual((await inbox.run('2026-05-05')).counts, { expected: 5, done: 0, skipped: 5, parked: 0 });
    assert.deepEqual(await inbox.end(), once);
    assert.equal(await net(invoices.flatMap(({ chargeIds }) => chargeIds)), 900n);
  });

  it('beside another of the same rows books each once', async () => {
    const { invoices } = await billNew({}, 100n, 200n, 300n, 400n);
    const text = [
      'invoice_number,result,collected_amount,result_date',
      ...invoices.map(({ number }) => `${number},uncollected,,2026-04-01`),
      '',
    ].join('\n');
    const one = () =>
      importCollectionFile(
        billed.deps,
        { kind: 'job', job: 'import-collections' },
        {
          read: async function* () {
            yield Buffer.from(text);
          },
          fileName: 'twice.csv',
          bookedOn: '2026-05-06',
          chunkSize: 2,
        },
      );
    const reports = await Promise.all([one(), one(), one()]);
    assert.equal(
      reports.reduce((sum, { booked }) => sum + booked, 0),
      4,
    );
    assert.equal(
      reports.reduce((sum, { known }) => sum + known, 0),
      8,
    );
    assert.equal(await net(invoices.flatMap(({ chargeIds }) => chargeIds)), 1_000n);
  });
});

it('a month that is settled on what is collected waits for its results, and is cut after its time', async () => {
  const { seller, period, invoices } = await billNew({}, 100n, 200n, 400n);
  const [first, second, third] = invoices as [BilledInvoice, BilledInvoice, BilledInvoice];
  const month = { companyId: seller.companyId, period };
  const [{ dueOn }] = (await billed.rows('SELECT MAX(due_on) AS dueOn FROM billing_period WHERE period = ?', [
    period,
  ])) as [{ dueOn: string }];
  await inbox.import(
    '2026-05-07',
    `${first.number},collected,,2026-04-01,,0`,
    `${second.number},pending,,2026-04-01,,1`,
  );
  assert.equal(await areResultsIn(billed.deps, { ...month, businessDate: dueOn }), false);
  assert.equal(await areResultsIn(billed.deps, { ...month, businessDate: '2027-01-01' }), true);
  const cut = {
    ...month,
    bookedOn: '2026-05-08',
    inChunk: (work: Parameters<Parameters<typeof cutCollection>[1]['inChunk']>[0]) =>
      inTransaction(billed.deps, work),
  };
  await cutCollection(billed.deps, cut);
  await cutCollection(billed.deps, cut);
  const ofAll = invoices.flatMap(({ chargeIds }) => chargeIds);
  assert.deepEqual([await net(ofAll), await payable(seller)], [600n, 100n]);
  // What is uncollected now was counted before.
  await inbox.import('2026-05-09', `${second.number},uncollected,,2026-04-20,,1`);
  assert.equal(await net(ofAll), 600n);
  await inbox.import(
    '2026-05-10',
    `${third.number},partial,300,2026-04-20,,`,
    `${second.number},collected,,2026-04-21,,0`,
  );
  assert.deepEqual([await net(ofAll), await payable(seller)], [100n, 600n]);
  await inbox.import('2026-05-11', `${third.number},pending,,2026-04-22,,`);
  assert.deepEqual([await net(ofAll), await payable(seller)], [400n, 300n]);
  assert.equal(await areResultsIn(billed.deps, { ...month, businessDate: dueOn }), false);
});

it('an invoice without anything to collect is collected at the close', async () => {
  const { period, invoice } = await billNew({}, 300n);
  // As a refund would leave it.
  const before = (await inbox.balances())['cash'] ?? 0n;
  await tamper(
    billed.deps,
    'invoice_item',
    `UPDATE invoice_item SET amount_minor = -250, refund_id = 'R', kind = 'refund' WHERE charge_id = '${invoice.chargeIds[0]}'`,
  );
  await tamper(
    billed.deps,
    'line_invoice',
    `UPDATE line_invoice SET total_minor = -250 WHERE number = '${invoice.number}'`,
  );
  await inTransaction(billed.deps, (tx) =>
    collectNothingDue(tx, { period, closingGroup: 31, bookedOn: '2026-05-12' }),
  );
  assert.equal((await inbox.balances())['cash'], before + 250n);
  const late = await inbox.import('2026-05-13', `${invoice.number},uncollected,,2026-05-01,,1`);
  assert.match(late.parked[0]?.reason ?? '', /nothing to collect/);
});
