import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decideBankRefunds } from '../../src/refunds/decide-bank-refunds.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { addDays } from '../../src/shared/calendar-date.rules.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { recordRefunds } from '../support/refunds.ts';

const BEFORE = '2026-04-10';

function killSecond(chunk: number): void {
  if (chunk === 2) throw new Error('killed');
}

describe('refunds by bank wait for the collection of what they give back', () => {
  let billed: BilledWorld;
  let inbox: CollectionInbox;
  let seller: SellingCompany;
  let other: SellingCompany;
  let invoices: BilledInvoice[];
  /** The day on which the time to wait is over. */
  let waited: string;
  before(async () => {
    billed = await BilledWorld.create();
    inbox = new CollectionInbox(billed);
    [seller, other] = [await billed.addSeller(), await billed.addSeller()];
    const sale = [[seller, 1_000n] as const];
    const shared = [[seller, 600n] as const, [other, 400n] as const];
    invoices = await billed.bill('2026-01', [sale, sale, sale, shared, sale, sale]);
    const [{ dueOn }] = (await billed.rows<{ dueOn: string }>(
      "SELECT due_on AS dueOn FROM billing_period WHERE period = '2026-01' AND closing_group = 31",
    )) as [{ dueOn: string }];
    waited = addDays(dueOn, billed.deps.config.collectionWaitDays);
  });
  after(() => billed.close());

  const decide = (
    businessDate: string,
    options: { chunkSize?: number; beforeChunk?: (chunk: number) => void } = {},
  ) => fakeRun(billed.deps, decideBankRefunds, { job: 'decide-refunds', businessDate, ...options });
  const refund = async ({ chargeIds }: BilledInvoice, amountMinor: bigint) => {
    const [id] = await recordRefunds(billed.deps, [
      { chargeId: chargeIds[0]!, amountMinor, businessDate: '2026-04-02', kind: 'bank' },
    ]);
    return id!;
  };
  const stateOf = async (id: string) => {
    const [row] = await billed.rows<{ state: string; payable: number; cancelled: number }>(
      'SELECT state, payable_minor AS payable, cancelled_minor AS cancelled FROM bank_refund WHERE refund_id = ?',
      [id],
    );
    return [row!.state, row!.payable, row!.cancelled];
  };
  const cancelledInLedger = async (id: string) => {
    const rows = await billed.rows<{ amount: number; debit: string; credit: string }>(
      `SELECT e.amount_minor AS amount, d.code AS debit, c.code AS credit FROM ledger_entry e
       JOIN ledger_account d ON d.id = e.debit_account JOIN ledger_account c ON c.id = e.credit_account
       WHERE e.journal_id = ? AND e.kind = 'refund-cancelled'`,
      [id],
    );
    return rows.map(({ debit, credit, amount }) => `${debit} < ${credit} ${amount}`);
  };
  const broken = async () => {
    const results = await checkInvariants(billed.deps, staff());
    return results
      .filter(({ number }) => [1, 2, 5, 9].includes(number))
      .flatMap(({ offending }) => offending);
  };

  it('without a result, and while it is tried again', async () => {
    const id = await refund(invoices[0]!, 300n);
    assert.equal((await decide(BEFORE)).counts.expected, 0);
    await inbox.import('2026-04-03', `${invoices[0]!.number},pending,,2026-04-01,,`);
    assert.equal((await decide(waited)).counts.expected, 0);
    assert.deepEqual(await stateOf(id), ['waiting', 0, 0]);
    await inbox.import('2026-04-04', `${invoices[0]!.number},collected,,2026-04-02,,`);
    assert.deepEqual((await decide(BEFORE)).counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
    assert.deepEqual(await stateOf(id), ['payable', 300, 0]);
    assert.deepEqual(await cancelledInLedger(id), []);
  });

  it('and nothing is paid back of what is never collected: it is cancelled against the debt', async () => {
    const id = await refund(invoices[1]!, 700n);
    await inbox.import('2026-04-05', `${invoices[1]!.number},uncollected,,2026-04-03,,1`);
    // It may still be collected.
    assert.deepEqual((await decide(BEFORE)).counts, { expected: 1, done: 0, skipped: 1, parked: 0 });
    await decide(addDays(waited, -1));
    assert.deepEqual(await stateOf(id), ['waiting', 0, 0]);
    await decide(waited);
    assert.deepEqual(await stateOf(id), ['cancelled', 0, 700]);
    assert.deepEqual(await cancelledInLedger(id), ['refund-payable < uncollected-receivable 700']);
    assert.deepEqual(await broken(), []);
  });

  it('one after the other: what is collected in part pays the earlier first, and what it covers at once', async () => {
    const [first, second] = [await refund(invoices[2]!, 400n), await refund(invoices[2]!, 300n)];
    await inbox.import('2026-04-06', `${invoices[2]!.number},partial,600,2026-04-03,,`);
    await decide(BEFORE);
    assert.deepEqual(
      [await stateOf(first), await stateOf(second)],
      [
        ['payable', 400, 0],
        ['waiting', 0, 0],
      ],
    );
    await decide(waited);
    assert.deepEqual(await stateOf(second), ['payable', 200, 100]);
    assert.deepEqual(await cancelledInLedger(second), ['refund-payable < uncollected-receivable 100']);
    assert.deepEqual(await broken(), []);
  });

  it('of the share of the charge alone, where the invoice has other companies', async () => {
    const id = await refund(invoices[3]!, 600n);
    // 500 of 1,000 are uncollected, 300 of them of this company.
    await inbox.import('2026-04-07', `${invoices[3]!.number},partial,500,2026-04-03,,`);
    await decide(waited);
    assert.deepEqual(await stateOf(id), ['payable', 300, 300]);
    assert.deepEqual(await broken(), []);
  });

  it('once: killed between two and run again, and by two at once', async () => {
    const ids = [await refund(invoices[4]!, 100n), await refund(invoices[5]!, 1_000n)];
    await inbox.import(
      '2026-04-08',
      `${invoices[4]!.number},collected,,2026-04-03,,`,
      `${invoices[5]!.number},uncollected,,2026-04-03,,1`,
    );
    await assert.rejects(decide(waited, { chunkSize: 1, beforeChunk: killSecond }), /killed/);
    assert.deepEqual(
      (await Promise.all(ids.map(stateOf))).map(([state]) => state),
      ['payable', 'waiting'],
    );
    await Promise.all([decide(waited), decide(waited)]);
    assert.deepEqual(
      (await Promise.all(ids.map(stateOf))).map(([state]) => state),
      ['payable', 'cancelled'],
    );
    assert.deepEqual(await cancelledInLedger(ids[1]!), ['refund-payable < uncollected-receivable 1000']);
    assert.equal((await decide(addDays(waited, 1))).counts.expected, 0);
    assert.deepEqual(await broken(), []);
  });

  it('which the database refuses to pass over', async () => {
    const [{ chargeId }] = (await billed.rows<{ chargeId: string }>(
      'SELECT charge_id AS chargeId FROM refund ORDER BY id LIMIT 1',
    )) as [{ chargeId: string }];
    const id = await refund({ ...invoices[0]!, chargeIds: [chargeId] }, 1n);
    await inbox.import('2026-04-09', `${invoices[0]!.number},pending,,2026-04-08,,`);
    const change = (set: string) => billed.rows(`UPDATE bank_refund SET ${set} WHERE refund_id = ?`, [id]);
    await assert.rejects(
      change("state = 'payable', payable_minor = 1, decided_on = '2026-04-09'"),
      /bank_refund_waits/,
    );
    await inbox.import('2026-04-10', `${invoices[0]!.number},collected,,2026-04-09,,`);
    await change("state = 'payable', payable_minor = 1, decided_on = '2026-04-09'");
    await assert.rejects(
      change("state = 'paid', paid_on = '2026-04-09', payout_id = 'X'"),
      /bank_refund_is_paid/,
    );
    await assert.rejects(
      change("state = 'cancelled', payable_minor = 0, cancelled_minor = 1"),
      /decided once/,
    );
  });
});
