import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inTransaction } from '../../src/database/transaction.ts';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import { decideBankRefunds } from '../../src/refunds/decide-bank-refunds.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { addDays } from '../../src/shared/calendar-date.rules.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { overrideHandle } from '../support/override-handle.ts';
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
    const assigned = await billed.addSeller({ legalModel: 'assignment' });
    const sale = [[seller, 1_000n] as const];
    const shared = [[seller, 600n] as const, [other, 400n] as const];
    const claim = [[assigned, 1_000n] as const];
    invoices = await billed.bill('2026-01', [sale, sale, sale, shared, sale, sale, claim, claim, sale, sale]);
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

  /** What an assigned claim has changed of what the carrier bears and is owed. */
  const since = async (before: Record<string, bigint>) => {
    const now = await inbox.balances();
    return ['credit-loss', 'uncollected-receivable'].map((code) => (now[code] ?? 0n) - (before[code] ?? 0n));
  };

  it('and what is cancelled of an assigned claim is no loss of the carrier', async () => {
    const [{ number }, before] = [invoices[6]!, await inbox.balances()];
    await inbox.import('2026-04-10', `${number},uncollected,,2026-04-03,,1`);
    assert.deepEqual(await since(before), [-1_000n, 0n]);
    await refund(invoices[6]!, 500n);
    await decide(waited);
    assert.deepEqual(await since(before), [-500n, 0n]);
    await decide(addDays(waited, 1));
    assert.deepEqual(await since(before), [-500n, 0n]);
    assert.deepEqual(await broken(), []);
  });

  it('also where a part of an assigned claim is collected and several of its refunds are decided at once', async () => {
    const [{ number }, before] = [invoices[7]!, await inbox.balances()];
    await inbox.import('2026-04-11', `${number},partial,600,2026-04-03,,`);
    assert.deepEqual(await since(before), [-400n, 0n]);
    const ids = [
      await refund(invoices[7]!, 500n),
      await refund(invoices[7]!, 300n),
      await refund(invoices[7]!, 100n),
    ];
    await decide(waited);
    assert.deepEqual(await Promise.all(ids.map(stateOf)), [
      ['payable', 500, 0],
      ['payable', 100, 200],
      ['cancelled', 0, 100],
    ]);
    // 900 of 1,000 are given back: 100 are left that could be owed.
    assert.deepEqual(await since(before), [-100n, 0n]);
    assert.deepEqual(await broken(), []);
  });

  it('and what is collected after that is parked, once, for a person to decide', async () => {
    const id = await refund(invoices[8]!, 400n);
    await inbox.import('2026-04-12', `${invoices[8]!.number},uncollected,,2026-04-03,,1`);
    assert.deepEqual((await decide(waited)).parked, []);
    assert.deepEqual((await decide(addDays(waited, 1))).counts.expected, 0);
    await inbox.import('2026-04-13', `${invoices[8]!.number},collected,,2026-04-08,,`);
    const late = await decide(addDays(waited, 2));
    assert.deepEqual(late.counts, { expected: 1, done: 0, skipped: 0, parked: 1 });
    assert.deepEqual(
      late.parked.map(({ subject, reason }) => ({ subject, reason })),
      [{ subject: `refund:${id}`, reason: 'collected after its refund was cancelled' }],
    );
    assert.deepEqual(await stateOf(id), ['cancelled', 0, 400]);
    assert.equal((await decide(addDays(waited, 3))).counts.expected, 0);
    assert.deepEqual(await broken(), []);
  });

  it('and go on waiting when the only invoice is tried again while they are to be decided', async () => {
    const { number } = invoices[9]!;
    const id = await refund(invoices[9]!, 400n);
    await inbox.import('2026-04-14', `${number},uncollected,,2026-04-03,,1`);
    const { counts } = await fakeRun(
      billed.deps,
      (deps, run) =>
        decideBankRefunds(
          deps,
          overrideHandle(run, {
            inChunk: async (work, options) => {
              await inbox.import('2026-04-15', `${number},pending,,2026-04-04,,`);
              return await run.inChunk(work, options);
            },
          }),
        ),
      { job: 'decide-refunds', businessDate: waited },
    );
    assert.deepEqual(counts, { expected: 1, done: 0, skipped: 1, parked: 0 });
    assert.deepEqual(await stateOf(id), ['waiting', 0, 0]);
    await inbox.import('2026-04-16', `${number},collected,,2026-04-05,,`);
    // Of the invoice only how far it is collected is locked: others may hold its items and its period.
    await inTransaction(billed.deps, async (tx) => {
      await queryRows(
        tx.em,
        `SELECT 1 FROM line_invoice l JOIN billing_period p ON p.period = l.billing_period AND p.closing_group = l.closing_group
         JOIN invoice_item i ON i.billing_period = l.billing_period AND i.line_id = l.line_id WHERE l.number = ? FOR UPDATE`,
        [number],
      );
      await decide(waited);
    });
    assert.deepEqual(await stateOf(id), ['payable', 400, 0]);
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
