import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { getApproval } from '../../../src/access/approvals/approval.queries.ts';
import { approvalKinds } from '../../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../../src/bank-accounts/bank-account-approval.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { proposeSettlements } from '../../../src/settlements/propose-settlements.ts';
import { findSettlements, getSettlement } from '../../../src/settlements/settlement.queries.ts';
import { parsePublicId, publicId } from '../../../src/shared/public-id.rules.ts';
import { hanako, jiro, person } from '../../support/people.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';
import { enterWithRoles } from './two-roles.ts';

const t = translator('ja');

describe('approvals in the console of billing', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  const stateOf = async (approval: string) =>
    (await getApproval(site.world.deps, jiro, parsePublicId('approval', approval)!)).state;
  const settlementState = async (number: string) =>
    (await getSettlement(site.world.deps, jiro, number)).state;
  const changeAccount = (companyCode: string, accountNumber: string) =>
    proposeChange(site.world.deps, hanako, bankAccountApproval, {
      input: {
        companyCode,
        bankCode: '9999',
        bankName: 'ミホン',
        branchCode: '001',
        branchName: 'ホンテン',
        accountType: 'ordinary',
        accountNumber,
        accountHolder: 'カ）シノノメ',
      },
      reason: '5月1日付の届出書',
    });

  it('lists what waits, who proposed it and why, and says who decides', async () => {
    const { text } = await site.get('billing-approver', '/billing/approvals');
    assert.match(text, /<a class="row-link" href="\/billing\/approvals\/ap_/);
    for (const shown of ['精算の承認', 'hanako', '明細を確認しました', t('billing.approvals.you-decide')])
      assert.ok(text.includes(shown), shown);
    assert.ok(text.includes('/billing/approvals/settlements/2026-03'));
    const other = await site.get('billing', '/billing/approvals');
    assert.ok(other.text.includes(t('billing.approvals.others-decide')));
    assert.ok(!other.text.includes('/billing/approvals/settlements/'));
  });

  it('lists one kind, and leaves the kind in the address', async () => {
    const { text } = await site.get('billing-approver', '/billing/approvals?kind=refund.create');
    assert.ok(text.includes(t('billing.approvals.none.waiting')));
    assert.match(text, /href="\/billing\/approvals\?list=own&amp;kind=refund.create"/);
    assert.equal((await site.get('auditor', '/billing/approvals?kind=nothing')).status, 400);
  });

  it('shows what would change before and after, in words', async () => {
    await changeAccount('aoba', '7654321').then((id) =>
      approveChange(site.world.deps, jiro, approvalKinds, { approvalId: id }),
    );
    const id = publicId('approval', await changeAccount('aoba', '1111111'));
    const { text } = await site.get('auditor', `/billing/approvals/${id}`);
    assert.match(text, /口座番号[\s\S]*7654321[\s\S]*1111111/);
    assert.ok(text.includes('5月1日付の届出書'));
    assert.ok(!text.includes(`/billing/approvals/${id}/approve`), 'an auditor has no button');
  });

  it('links the page of what it is about for who may read that', async () => {
    const link = `href="/billing/settlements/${site.ids.settlement}"`;
    assert.ok((await site.get('auditor', '/billing/approvals/{approval}')).text.includes(link));
    assert.ok(!(await site.get('administrator', '/billing/approvals/{approval}')).text.includes(link));
  });

  it('asks for a fresh second factor before an approval', async () => {
    const { deps, clock } = site.world;
    const { client, token = '' } = await signInAccount(deps, site.accounts.get('billing-approver')!, 'staff');
    clock.advance(6 * 60_000);
    const reply = await client.post(site.addressOf('/billing/approvals/{approval}/approve'), {
      form_token: token,
    });
    assert.equal(reply.status, 303);
    assert.match(reply.location!, /^\/staff\/step-up/);
    assert.equal(await stateOf(site.ids.approval), 'pending');
  });

  it('says that a proposal has lost its subject, and refuses to approve it', async () => {
    // The account of its company has changed since the settlement was proposed.
    const page = await site.get('billing-approver', '/billing/approvals/{approval}');
    assert.ok(page.text.includes(t('billing.approvals.changed')));
    assert.ok(!page.text.includes('/approve"'));
    const reply = await site.send('billing-approver', '/billing/approvals/{approval}/approve');
    assert.equal(reply.status, 409);
    assert.ok(reply.text.includes(t('billing.problem.approval-void.title')));
    assert.equal(await stateOf(site.ids.approval), 'void');
    assert.equal(await settlementState(site.ids.settlement), 'draft');
  });

  it('lets nobody approve what they proposed themselves, by whatever way', async () => {
    const both = await enterWithRoles(site, ['billing', 'billing-approver']);
    const { deps } = site.world;
    const [made] = await proposeSettlements(deps, both.actor, {
      numbers: [site.ids.draft],
      reason: '確認済み',
    });
    const id = publicId('approval', made!.approvalId!);
    const own = await both.get('/billing/approvals?list=own&lang=ja');
    assert.ok(own.text.includes(id));
    assert.ok(!(await both.get('/billing/approvals?lang=ja')).text.includes(id));
    const page = await both.get(`/billing/approvals/${id}?lang=ja`);
    assert.ok(page.text.includes(t('billing.approvals.lead.own')));
    assert.ok(!page.text.includes(`/billing/approvals/${id}/approve`));
    const asked = await both.get(`/billing/approvals/${id}/approve?lang=ja`);
    assert.ok(asked.text.includes(t('billing.approvals.own-text')));
    assert.ok(!asked.text.includes(`action="/billing/approvals/${id}/approve"`));
    const reply = await both.send(`/billing/approvals/${id}/approve`);
    assert.equal(reply.status, 403);
    assert.ok(reply.text.includes(t('billing.problem.approval-own.title')));
    const seen = {
      count: '1',
      payout: String((await getSettlement(deps, jiro, site.ids.draft)).payoutMinor),
    };
    await both.send('/billing/approvals/settlements/2026-03', seen);
    assert.equal(await stateOf(id), 'pending');

    // Withdrawing one's own needs a reason.
    assert.equal((await both.send(`/billing/approvals/${id}/reject`)).status, 422);
    const withdrawn = await both.send(`/billing/approvals/${id}/reject`, { note: '金額を再確認します' });
    assert.equal(withdrawn.status, 303);
    const after = await both.get(`/billing/approvals/${id}?lang=ja`);
    assert.ok(after.text.includes(t('billing.approvals.step.withdrawn')));
  });

  it('makes the change once, though two windows send it', async () => {
    const { deps } = site.world;
    const [made] = await proposeSettlements(deps, hanako, { numbers: [site.ids.draft], reason: '確認済み' });
    const path = `/billing/approvals/${publicId('approval', made!.approvalId!)}/approve`;
    const page = await site.get('billing-approver', path);
    assert.ok(page.text.includes(t('billing.approvals.approve-title')));
    const replies = await Promise.all(
      [1, 2].map(() => site.send('billing-approver', path, { note: '了承' })),
    );
    assert.deepEqual(
      replies.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 409],
    );
    assert.ok(replies.some(({ text }) => text.includes(t('billing.problem.approval-decided.title'))));
    assert.equal(await settlementState(site.ids.draft), 'approved');
    const decided = await site.get('auditor', '/billing/approvals?list=decided');
    assert.ok(decided.text.includes(t('billing.approvals.state.executed')));
  });

  it('rejects with a reason, which its page shows', async () => {
    const id = publicId('approval', await changeAccount('minato', '2222222'));
    const path = `/billing/approvals/${id}/reject`;
    assert.equal((await site.send('billing-approver', path, { note: ' ' })).status, 422);
    assert.equal((await site.send('billing-approver', path, { note: '届出印が違います' })).status, 303);
    const { text } = await site.get('billing', `/billing/approvals/${id}`);
    assert.ok(text.includes('届出印が違います'));
    assert.equal(await stateOf(id), 'rejected');
    assert.equal((await site.send('auditor', path, { note: 'x' })).status, 403);
  });

  it('approves a month as it was seen, and nothing when it has changed', async () => {
    const { deps } = site.world;
    const path = '/billing/approvals/settlements/2026-03';
    const drafts = await findSettlements(deps, jiro, { period: '2026-03', state: 'draft' });
    const [first, second] = drafts.map(({ number }) => number);
    await proposeSettlements(deps, hanako, { numbers: [first!], reason: '確認済み' });
    const { text } = await site.get('billing-approver', path);
    const [, count = ''] = /name="count" value="(\d+)"/.exec(text) ?? [];
    const [, payout = ''] = /name="payout" value="(\d+)"/.exec(text) ?? [];
    assert.deepEqual([count, payout], ['1', String(drafts[0]!.payoutMinor)]);
    const saburo = person('saburo', 'billing');
    await proposeSettlements(deps, saburo, { numbers: [second!], reason: '確認済み' });
    const refused = await site.send('billing-approver', path, { count, payout });
    assert.equal(refused.status, 409);
    assert.ok(refused.text.includes(t('billing.problem.illegal-state-settlements-changed.title')));
    assert.equal(await settlementState(first!), 'draft');
    assert.match(refused.text, /name="count" value="2"/);
    const now = String(drafts.reduce((sum, { payoutMinor }) => sum + payoutMinor, 0n));
    const approved = await site.send('billing-approver', path, { count: '2', payout: now });
    assert.deepEqual([approved.status, approved.location], [303, '/billing/approvals']);
    assert.deepEqual(await Promise.all([first!, second!].map((number) => settlementState(number))), [
      'approved',
      'approved',
    ]);
    // The same form once more finds nothing to approve.
    assert.equal((await site.send('billing-approver', path, { count: '2', payout: now })).status, 409);
    const lists = await site.get('billing-approver', '/billing/approvals');
    assert.ok(!lists.text.includes(path));
  });
});
