import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listPending } from '../../../src/access/approvals/approval.queries.ts';
import { editCompany } from '../../../src/companies/edit-company.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { rejectSettlement } from '../../../src/settlements/reject-settlement.ts';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { findSettlements, getSettlement } from '../../../src/settlements/settlement.queries.ts';
import { renderStatements } from '../../../src/statements/render-statements.ts';
import { hanako, jiro } from '../../support/people.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

const t = translator('ja');
const at = (name: 'draft' | 'paid' | 'settlement', act = '') => `/billing/settlements/{${name}}${act}`;
const hidden = (text: string, name: string) =>
  new RegExp(`name="${name}" value="(\\d+)"`).exec(text)?.[1] ?? '';

describe('settlements in the console of billing', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  const read = (number: string) => getSettlement(site.world.deps, jiro, number);
  const waiting = async (number: string) =>
    (await listPending(site.world.deps, `settlement:${number}`)).length;

  it('lists the newest month with its totals, and another one by its address', async () => {
    const { text } = await site.get('auditor', '/billing/settlements');
    assert.ok(text.includes(t('billing.settlements.month-title', { month: '2026年3月' })));
    const rows = await findSettlements(site.world.deps, jiro, { period: '2026-03' });
    const sum = rows.reduce((total, { payoutMinor }) => total + payoutMinor, 0n);
    assert.match(text, new RegExp(`<tfoot>[\\s\\S]*${sum.toLocaleString('en')}円`));
    assert.ok(text.includes(t('billing.settlements.first')), 'February was not settled');
    assert.ok(!text.includes('/propose"'), 'an auditor proposes nothing');
    const january = await site.get('auditor', '/billing/settlements?period=2026-01&state=paid');
    assert.ok(january.text.includes(site.ids.paid));
    assert.ok(!january.text.includes(site.ids.draft));
    assert.equal((await site.get('auditor', '/billing/settlements?period=2026-1')).status, 400);
  });

  it('shows all figures of one, its lines and who did what', async () => {
    const { text } = await site.get('lead', at('settlement'));
    const { payoutMinor, feeExTaxMinor } = await read(site.ids.settlement);
    for (const amount of [
      `${payoutMinor.toLocaleString('en')}円`,
      `-${feeExTaxMinor.toLocaleString('en')}円`,
    ])
      assert.ok(text.includes(amount), amount);
    assert.match(text, /手数料には10%の消費税/);
    assert.match(text, /下書きを作成[\s\S]*承認を申請/);
    assert.ok(text.includes(t('billing.settlements.file-draft')));
    assert.ok(!text.includes('/propose"'));
    assert.match(text, new RegExp(`/billing/approvals/${site.ids.approval}`));
  });

  it('sends the draft of its statement as a PDF, and no invoice for it', async () => {
    const pdf = await site.get('auditor', at('draft', '/statement.pdf'));
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    assert.match(pdf.headers.get('content-disposition')!, /attachment; filename="draft-/);
    assert.match(pdf.text, /^%PDF-/);
    assert.equal((await site.get('auditor', at('draft', '/fee-invoice.xml'))).status, 409);
  });

  it('proposes the draft that was seen, once, and not one that was drawn up again', async () => {
    const path = at('draft', '/propose');
    const page = await site.get('billing', path);
    assert.equal(hidden(page.text, 'revision'), '1');
    const older = await site.send('billing', path, { reason: '確認済み', revision: '2' });
    assert.equal(older.status, 409);
    assert.equal(await waiting(site.ids.draft), 0);
    const fields = { reason: '売上と照合しました', revision: '1' };
    const replies = await Promise.all([1, 2].map(() => site.send('billing', path, fields)));
    assert.deepEqual(
      replies.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 409],
    );
    assert.equal(await waiting(site.ids.draft), 1);
    const again = await site.get('billing', path);
    assert.ok(again.text.includes(t('billing.settlements.not-propose')));
    assert.equal((await site.send('billing-approver', path, fields)).status, 403);
  });

  it('rejects a draft with its proposal; the next night draws it up again', async () => {
    const path = at('draft', '/reject');
    assert.equal((await site.send('billing', path, { reason: '' })).status, 422);
    const reply = await site.send('billing-approver', path, { reason: '返金が反映されていません' });
    assert.equal(reply.status, 303);
    assert.equal((await read(site.ids.draft)).state, 'rejected');
    assert.equal(await waiting(site.ids.draft), 0);
    const page = await site.get('billing', at('draft'));
    assert.ok(page.text.includes('返金が反映されていません'));
    assert.ok(page.text.includes('/billing/runs/start?job=settle-companies'));
    assert.equal((await site.send('billing', path, { reason: 'もう一度' })).status, 409);
    const { deps } = site.world;
    await executeRun(deps, { job: 'settle-companies', businessDate: '2026-05-13' }, settleCompanies);
    const { state, revision } = await read(site.ids.draft);
    assert.deepEqual([state, revision], ['draft', 2]);
  });

  it('proposes the drafts of a month as they were seen, or none', async () => {
    const path = '/billing/settlements/months/2026-03/propose';
    const { text } = await site.get('billing', path);
    const seen = { count: hidden(text, 'count'), payout: hidden(text, 'payout'), reason: '月次確認' };
    assert.equal(seen.count, '2');
    await rejectSettlement(site.world.deps, hanako, { number: site.ids.draft, reason: '差異あり' });
    const refused = await site.send('billing', path, seen);
    assert.equal(refused.status, 409);
    assert.ok(refused.text.includes(t('billing.problem.illegal-state-settlements-changed.title')));
    const now = { count: hidden(refused.text, 'count'), payout: hidden(refused.text, 'payout') };
    assert.equal(now.count, '1');
    const made = await site.send('billing', path, { ...seen, ...now });
    assert.deepEqual([made.status, made.location], [303, '/billing/settlements?period=2026-03']);
    // The same form once more: nothing is left to propose, so it is not what was seen.
    assert.equal((await site.send('billing', path, { ...seen, ...now })).status, 409);
    const proposed = await site.get('auditor', '/billing/settlements?state=proposed');
    assert.ok(proposed.text.includes(t('billing.settlements.found', { count: '2' })));
  });

  it('holds the payout of an approved one and releases it, the latter with a fresh factor', async () => {
    const { deps, clock } = site.world;
    const [row] = await findSettlements(deps, jiro, { period: '2026-01', state: 'approved' });
    const path = `/billing/settlements/${row!.number}`;
    const held = await site.send('billing-approver', `${path}/hold`, { reason: '口座を確認中です' });
    assert.equal(held.status, 303);
    assert.equal((await read(row!.number)).heldReason, '口座を確認中です');
    assert.ok((await site.get('billing', path)).text.includes(t('billing.settlements.state.held')));
    assert.equal((await site.send('billing-approver', `${path}/hold`, { reason: 'もう一度' })).status, 409);
    const { client, token = '' } = await signInAccount(deps, site.accounts.get('billing-approver')!, 'staff');
    clock.advance(6 * 60_000);
    const stale = await client.post(site.addressOf(`${path}/release`), {
      form_token: token,
      reason: '確認済み',
    });
    assert.match(stale.location!, /^\/staff\/step-up/);
    assert.notEqual((await read(row!.number)).heldReason, null);
    assert.equal((await site.send('billing', `${path}/release`, { reason: '確認済み' })).status, 403);
    assert.equal(
      (await site.send('billing-approver', `${path}/release`, { reason: '確認済み' })).status,
      303,
    );
    assert.equal((await read(row!.number)).heldReason, null);
  });

  it('sends what was issued, its invoice and its corrections, and nothing that was tampered with', async () => {
    const { deps } = site.world;
    await executeRun(deps, { job: 'render-statements', businessDate: '2026-05-13' }, renderStatements);
    const { company: code } = await read(site.ids.paid);
    assert.match((await site.get('auditor', at('paid', '/statement.pdf'))).text, /^%PDF-/);
    const xml = await site.get('auditor', at('paid', '/fee-invoice.xml'));
    assert.match(xml.text, /<cbc:ID>S202601-/);
    const setUp = await site.get('auditor', at('paid', '/fee-invoice.xml?of=set-up'));
    assert.equal(setUp.status, 409, 'it has no set-up fee');
    const correct = at('paid', '/correct');
    const nothing = await site.send('billing', correct, { reason: '社名の誤り' });
    assert.equal(nothing.status, 409);
    await editCompany(deps, hanako, { companyCode: code, name: '株式会社あおば音楽出版' });
    const fixed = await site.send('billing', correct, { reason: '社名の誤り' });
    assert.equal(fixed.status, 303);
    assert.equal((await site.send('billing', correct, { reason: '社名の誤り' })).status, 409, 'once');
    const page = await site.get('auditor', at('paid'));
    assert.ok(page.text.includes(`${site.ids.paid}-2`));
    assert.match((await site.get('auditor', at('paid', '/statement.pdf?revision=2'))).text, /^%PDF-/);
    await rm(join(deps.config.filesDir, 'statements', `${code}-2026-01.pdf`));
    const lost = await site.get('auditor', at('paid', '/statement.pdf'));
    assert.equal(lost.status, 409);
    assert.ok(lost.text.includes(t('problem.illegal-state-statement-file-lost.title')));
  });
});
