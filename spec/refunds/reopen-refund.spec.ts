import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import { getPayoutRun } from '../../src/payouts/payout-run.queries.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { decideBankRefunds } from '../../src/refunds/decide-bank-refunds.ts';
import { refundAccountApproval } from '../../src/refunds/refund-account-approval.ts';
import { proposeReopening } from '../../src/refunds/reopen-refund-approval.ts';
import { BilledWorld, type BilledInvoice } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { approveRun, prepareRun, resultsOf } from '../payouts/payout-world.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako, jiro } from '../support/people.ts';
import { recordRefunds } from '../support/refunds.ts';

const WAITED = '2026-09-01';
const agent = staff('aiko', 'agent');
const lead = staff('leiko', 'lead');

describe('a refund by bank that was cancelled, and whose charge is collected after all', () => {
  let billed: BilledWorld;
  let inbox: CollectionInbox;
  let invoices: BilledInvoice[];
  before(async () => {
    billed = await BilledWorld.create();
    billed.world.clock.set(new Date('2026-05-11T01:00:00.000Z'));
    inbox = new CollectionInbox(billed);
    const sale = [[await billed.addSeller(), 1_000n] as const];
    const claim = [[await billed.addSeller({ legalModel: 'assignment' }), 1_000n] as const];
    invoices = await billed.bill('2026-01', [sale, claim, sale, sale, sale]);
  });
  after(() => billed.close());

  const decide = () =>
    fakeRun(billed.deps, decideBankRefunds, { job: 'decide-refunds', businessDate: WAITED });
  /** Refunds by bank, imports a result, and decides. */
  const refundAndDecide = async (
    { number, chargeIds }: BilledInvoice,
    amountMinor: bigint,
    result: string,
  ) => {
    const [id] = await recordRefunds(billed.deps, [
      { chargeId: chargeIds[0]!, amountMinor, businessDate: '2026-04-02', kind: 'bank' },
    ]);
    await inbox.import('2026-04-04', `${number},${result},2026-04-03,,`);
    await decide();
    return id!;
  };
  const collect = ({ number }: BilledInvoice, result = 'collected,', date = '2026-05-08') =>
    inbox.import('2026-05-09', `${number},${result},${date},,`);
  const propose = (refundId: string) =>
    proposeReopening(billed.deps, agent, { refundId, why: 'paid in May' });
  const approve = (approvalId: string, actor = lead) =>
    approveChange(billed.deps, actor, approvalKinds, { approvalId });
  const stateOf = async (id: string) => {
    const [row] = await billed.rows<{ state: string; payable: number; cancelled: number; late: number }>(
      'SELECT state, payable_minor AS payable, cancelled_minor AS cancelled, late_minor AS late FROM bank_refund WHERE refund_id = ?',
      [id],
    );
    return [row!.state, row!.payable, row!.cancelled, row!.late];
  };
  const balances = async () => {
    const now = await inbox.balances();
    return ['refund-payable', 'uncollected-receivable', 'credit-loss'].map((code) => now[code] ?? 0n);
  };
  const broken = async () => {
    const results = await checkInvariants(billed.deps, staff());
    return results
      .filter(({ number }) => [1, 2, 5, 9, 10].includes(number))
      .flatMap(({ offending }) => offending);
  };

  it('is reopened by two people, and owed again to the unit', async () => {
    const id = await refundAndDecide(invoices[0]!, 400n, 'uncollected,');
    assert.deepEqual(await stateOf(id), ['cancelled', 0, 400, 0]);
    await assert.rejects(propose(id), { code: 'approval-changes-nothing' });
    await collect(invoices[0]!);
    assert.equal((await decide()).counts.parked, 1);
    const { approvalId, amountMinor } = await propose(id);
    assert.equal(amountMinor, 400n);
    await assert.rejects(approve(approvalId, staff('aiko', 'lead')), { code: 'approval-own' });
    assert.deepEqual(await stateOf(id), ['cancelled', 0, 400, 0]);
    await approve(approvalId);
    assert.deepEqual(await stateOf(id), ['payable', 0, 400, 400]);
    assert.deepEqual(await balances(), [400n, 0n, 0n]);
    await assert.rejects(approve(approvalId), { code: 'approval-decided' });
    await assert.rejects(propose(id), { code: 'approval-changes-nothing' });
    assert.deepEqual(await broken(), []);
  });

  it('also of an assigned claim, where nothing is borne any more', async () => {
    const before = await balances();
    const id = await refundAndDecide(invoices[1]!, 500n, 'uncollected,');
    await collect(invoices[1]!);
    await approve((await propose(id)).approvalId);
    const moved = (await balances()).map((balance, index) => balance - before[index]!);
    assert.deepEqual(moved, [500n, 0n, 0n]);
    assert.deepEqual(await broken(), []);
  });

  it('not by a proposal that a later result has overtaken', async () => {
    const id = await refundAndDecide(invoices[2]!, 800n, 'uncollected,');
    await collect(invoices[2]!, 'partial,300');
    const { approvalId, amountMinor } = await propose(id);
    assert.equal(amountMinor, 300n);
    await collect(invoices[2]!, 'partial,700', '2026-05-09');
    await assert.rejects(approve(approvalId), { code: 'approval-void' });
    await approve((await propose(id)).approvalId);
    assert.deepEqual(await stateOf(id), ['payable', 0, 800, 700]);
    await collect(invoices[2]!, 'collected,', '2026-05-10');
    // One step a day: the ledger has one entry of a kind a day and journal.
    await assert.rejects(propose(id), { code: 'approval-changes-nothing' });
    billed.world.clock.set(new Date('2026-05-12T01:00:00.000Z'));
    await approve((await propose(id)).approvalId);
    assert.deepEqual(await stateOf(id), ['payable', 0, 800, 800]);
    assert.deepEqual(await broken(), []);
  });

  it('and is paid in whole by the next payout run, to the account of the former holder', async () => {
    const id = await refundAndDecide(invoices[3]!, 600n, 'partial,200');
    assert.deepEqual(await stateOf(id), ['payable', 200, 400, 0]);
    await collect(invoices[3]!);
    await approve((await propose(id)).approvalId);
    assert.deepEqual(await stateOf(id), ['payable', 200, 400, 400]);
    for (const { lineId } of invoices.slice(0, 4)) await enterAccount(lineId);
    const due = await listDuePayouts(billed.deps, jiro);
    assert.deepEqual(
      due.map(({ amountMinor }) => amountMinor),
      [400n, 500n, 800n, 600n],
    );
    const number = await prepareRun(billed.deps);
    await approveRun(billed.deps, number);
    await writePayoutFile(billed.deps, hanako, { number });
    billed.world.clock.set(new Date('2026-05-18T01:00:00.000Z'));
    const { lines } = await getPayoutRun(billed.deps, hanako, number);
    const rows = lines.map(
      ({ lineNumber, amountMinor }) => `${number},${lineNumber},${amountMinor},settled,2026-05-15,`,
    );
    assert.deepEqual(
      (await importPayoutResults(billed.deps, hanako, { file: resultsOf(...rows) })).refused,
      [],
    );
    assert.deepEqual(await stateOf(id), ['paid', 200, 400, 400]);
    assert.equal((await balances())[0], 0n);
    assert.deepEqual(await broken(), []);
  });

  it('which the database refuses to do without two people, or after it is paid', async () => {
    const [{ id }] = (await billed.rows<{ id: string }>('SELECT MAX(refund_id) AS id FROM bank_refund')) as [
      { id: string },
    ];
    await assert.rejects(
      billed.rows('UPDATE bank_refund SET late_minor = late_minor - 1 WHERE refund_id = ?', [id]),
      /decided once/,
    );
    const waiting = await refundAndDecide(invoices[4]!, 100n, 'uncollected,');
    assert.deepEqual(await stateOf(waiting), ['cancelled', 0, 100, 0]);
    await assert.rejects(
      billed.rows(
        `UPDATE bank_refund SET state = 'payable', late_minor = 100, late_on = '2026-05-18', late_approval_id = ? WHERE refund_id = ?`,
        [waiting, waiting],
      ),
      /bank_refund_takes_two/,
    );
  });

  async function enterAccount(lineId: string): Promise<void> {
    const input = {
      lineId,
      holderFrom: '2026-01-01',
      bankCode: '9999',
      bankName: 'ミホン',
      branchCode: '003',
      branchName: 'シナガワ',
      accountType: 'ordinary',
      accountNumber: '0000009',
      accountHolder: 'ミホン タロウ',
    } as const;
    const approvalId = await proposeChange(billed.deps, agent, refundAccountApproval, {
      input,
      reason: 'letter',
    });
    await approve(approvalId);
  }
});
