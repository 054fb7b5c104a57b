import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import { getPayoutRun } from '../../src/payouts/payout-run.queries.ts';
import { reconcilePayouts } from '../../src/payouts/reconcile-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { getBankRefund } from '../../src/refunds/bank-refund-list.queries.ts';
import { decideBankRefunds } from '../../src/refunds/decide-bank-refunds.ts';
import { refundAccountApproval } from '../../src/refunds/refund-account-approval.ts';
import { proposeReopening } from '../../src/refunds/reopen-refund-approval.ts';
import { BilledWorld, type BilledInvoice } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { tamper } from '../invariants/tamper.ts';
import { approveRun, prepareRun, resultsOf } from '../payouts/payout-world.ts';
import { listFaults, sealNight } from '../seals/sealed-nights.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako, jiro } from '../support/people.ts';
import { recordRefunds } from '../support/refunds.ts';

const WAITED = '2026-06-01';
const agent = staff('aiko', 'agent');
const lead = staff('leiko', 'lead');
const holderFrom = '2026-01-01';

describe('a refund by bank that was paid in part, and whose rest is collected later', () => {
  let billed: BilledWorld;
  let inbox: CollectionInbox;
  let invoice: BilledInvoice;
  let refundId: string;

  before(async () => {
    billed = await BilledWorld.create();
    billed.world.clock.set(new Date('2026-06-01T01:00:00.000Z'));
    inbox = new CollectionInbox(billed);
    [invoice] = (await billed.bill('2026-01', [[[await billed.addSeller(), 1_000n]]])) as [BilledInvoice];
    const [id] = await recordRefunds(billed.deps, [
      { chargeId: invoice.chargeIds[0]!, amountMinor: 600n, businessDate: '2026-04-02', kind: 'bank' },
    ]);
    refundId = id!;
    await collect('partial,200', '2026-04-03', '2026-04-04');
    await decide();
    const account = {
      bankCode: '9999',
      bankName: 'ミホン',
      branchCode: '003',
      branchName: 'シナガワ',
      accountType: 'ordinary',
      accountNumber: '0000009',
      accountHolder: 'ミホン タロウ',
    } as const;
    const input = { lineId: invoice.lineId, holderFrom, ...account };
    const proposal = { input, reason: 'letter' };
    await approve(await proposeChange(billed.deps, agent, refundAccountApproval, proposal));
  });
  after(() => billed.close());

  const decide = () =>
    fakeRun(billed.deps, decideBankRefunds, { job: 'decide-refunds', businessDate: WAITED });
  const collect = (result: string, date: string, on: string) =>
    inbox.import(on, `${invoice.number},${result},${date},,`);
  const propose = () => proposeReopening(billed.deps, agent, { refundId, why: 'paid in June' });
  const approve = (approvalId: string, actor = lead) =>
    approveChange(billed.deps, actor, approvalKinds, { approvalId });
  const stateNow = async () => {
    const [row] = await billed.rows<Record<string, number | string | null>>(
      `SELECT state, part, payable_minor AS payable, late_minor AS late, paid_minor AS paid, paid_on AS paidOn
       FROM bank_refund WHERE refund_id = ?`,
      [refundId],
    );
    const { state, part, payable, late, paid, paidOn } = row!;
    return [state, Number(part), Number(payable), Number(late), Number(paid), paidOn === null];
  };
  const broken = async () => {
    const results = await checkInvariants(billed.deps, staff());
    return results
      .filter(({ number }) => [1, 2, 5, 9, 10].includes(number))
      .flatMap(({ offending }) => offending);
  };
  /** Sends what is due and imports one result for it. */
  const pay = async (result: 'settled' | 'returned', sentAt: string, resultOn: string) => {
    billed.world.clock.set(new Date(`${sentAt}T01:00:00.000Z`));
    const number = await prepareRun(billed.deps);
    await approveRun(billed.deps, number);
    await writePayoutFile(billed.deps, hanako, { number });
    const { lines } = await getPayoutRun(billed.deps, hanako, number);
    billed.world.clock.set(new Date(`${resultOn}T03:00:00.000Z`));
    const reason = result === 'returned' ? '口座なし' : '';
    const rows = lines.map((line) => `${number},1,${line.amountMinor},${result},${resultOn},${reason}`);
    const { refused } = await importPayoutResults(billed.deps, hanako, { file: resultsOf(...rows) });
    assert.deepEqual(refused, []);
    return lines;
  };

  it('is paid what was collected, and waits while that is on its way', async () => {
    assert.deepEqual(await stateNow(), ['payable', 1, 200, 0, 0, true]);
    billed.world.clock.set(new Date('2026-06-01T01:00:00.000Z'));
    const number = await prepareRun(billed.deps);
    await approveRun(billed.deps, number);
    await collect('collected,', '2026-05-29', '2026-06-01');
    await assert.rejects(propose(), { code: 'approval-changes-nothing', message: /once the first is paid/ });
    await writePayoutFile(billed.deps, hanako, { number });
    await assert.rejects(propose(), { code: 'approval-changes-nothing', message: /once the first is paid/ });
    billed.world.clock.set(new Date('2026-06-03T01:00:00.000Z'));
    const file = resultsOf(`${number},1,200,settled,2026-06-02,`);
    await importPayoutResults(billed.deps, hanako, { file });
    assert.deepEqual(await stateNow(), ['paid', 1, 200, 0, 0, false]);
    assert.equal((await decide()).counts.parked, 1);
    assert.deepEqual(await listDuePayouts(billed.deps, jiro), []);
    assert.deepEqual(await broken(), []);
  });

  it('is reopened by two people for the rest alone', async () => {
    const { approvalId, amountMinor } = await propose();
    assert.equal(amountMinor, 400n);
    await assert.rejects(approve(approvalId, staff('aiko', 'lead')), { code: 'approval-own' });
    assert.deepEqual(await stateNow(), ['paid', 1, 200, 0, 0, false]);
    await approve(approvalId);
    assert.deepEqual(await stateNow(), ['payable', 2, 200, 400, 200, true]);
    await assert.rejects(approve(approvalId), { code: 'approval-decided' });
    const shown = await getBankRefund(billed.deps, staff(), refundId);
    assert.deepEqual(
      [shown.stage, shown.payableMinor, shown.paidBeforeMinor, shown.collectedLaterMinor],
      ['due', 600n, 200n, 0n],
    );
    assert.deepEqual(await broken(), []);
  });

  it('is paid the rest by a payout of its own, sent again when it comes back, and never what was paid', async () => {
    const [due] = await listDuePayouts(billed.deps, jiro);
    assert.deepEqual([due?.amountMinor, due?.part, due?.replacesId], [400n, 2, null]);
    const [returned] = await pay('returned', '2026-06-04', '2026-06-05');
    assert.equal(returned!.amountMinor, 400n);
    assert.deepEqual(await stateNow(), ['payable', 2, 200, 400, 200, true]);
    const input = {
      lineId: invoice.lineId,
      holderFrom,
      bankCode: '9999',
      bankName: 'ミホン',
      branchCode: '003',
      branchName: 'シナガワ',
      accountType: 'ordinary',
      accountNumber: '0000010',
      accountHolder: 'ミホン タロウ',
    } as const;
    const proposal = { input, reason: 'another letter' };
    await approve(await proposeChange(billed.deps, agent, refundAccountApproval, proposal));
    const [again] = await pay('settled', '2026-06-08', '2026-06-09');
    assert.deepEqual([again!.amountMinor, again!.part, again!.replacesId], [400n, 2, returned!.id]);
    assert.deepEqual(await stateNow(), ['paid', 2, 200, 400, 200, false]);
    assert.deepEqual(await listDuePayouts(billed.deps, jiro), []);
    const { 'refund-payable': owed = 0n } = await inbox.balances();
    assert.equal(owed, 0n);
    assert.equal((await reconcilePayouts(billed.deps, jiro, { date: '2026-06-09' })).agrees, true);
    await assert.rejects(propose(), { code: 'approval-changes-nothing' });
    assert.deepEqual(await broken(), []);
  });

  it('and the database begins no next part without two people, nor pays one twice', async () => {
    const change = (set: string) =>
      billed.rows(`UPDATE bank_refund SET ${set} WHERE refund_id = ?`, [refundId]);
    for (const set of [
      'paid_minor = 0',
      'part = 3',
      "state = 'payable', payout_id = NULL, paid_on = NULL",
      "state = 'payable', payout_id = NULL, paid_on = NULL, part = 3, paid_minor = 600",
    ])
      await assert.rejects(change(set), /decided once|bank_refund_part/, set);
    await assert.rejects(billed.rows('UPDATE payout SET part = part + 1'), /payout_is_final/);
    const [row] = await billed.rows<{ runs: number }>(
      "SELECT COUNT(*) AS runs FROM approval WHERE kind = 'payout-run.approve' AND state = 'executed'",
    );
    assert.equal(row!.runs, 3);
  });

  it('and a part that an administrator of the database has changed is noticed, by its audit row and by its seal', async () => {
    await sealNight(billed.world, '2026-06-09');
    const noticed = async () => {
      const results = await checkInvariants(billed.deps, staff());
      const changed = results.find(({ number }) => number === 15)!.offending;
      return { changed: changed.map(({ record }) => record), sealed: await listFaults(billed.world) };
    };
    assert.deepEqual(await noticed(), { changed: [], sealed: [] });
    const last = "state = 'settled' AND amount_minor = 400";
    await tamper(billed.deps, 'payout', `UPDATE payout SET part = 3 WHERE part = 2 AND ${last}`);
    const { changed, sealed } = await noticed();
    assert.deepEqual(changed, ['payout']);
    assert.match(sealed.join('\n'), /^payout/m);
    await tamper(billed.deps, 'payout', `UPDATE payout SET part = 2 WHERE part = 3 AND ${last}`);
    assert.deepEqual(await noticed(), { changed: [], sealed: [] });
  });
});
