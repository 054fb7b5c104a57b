import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { listPending } from '../../../src/access/approvals/approval.queries.ts';
import { approvalKinds } from '../../../src/approval-kinds.ts';
import { ownedBy } from '../../../src/access/owned-by.ts';
import { applyServiceState, changeServiceState } from '../../../src/companies/change-service-state.ts';
import { serviceSubject } from '../../../src/companies/suspension-kinds.rules.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { listSuspendedByTwo } from '../../../src/watch/held-by-two.queries.ts';
import { holdSettlement, releaseSettlement } from '../../../src/settlements/hold-settlement.ts';
import { addDays } from '../../../src/shared/calendar.rules.ts';
import { findSameAmounts, listCaseFigures } from '../../../src/watch/watch-figures.queries.ts';
import { watchSpan } from '../../../src/watch/watch-span.rules.ts';
import { hanako, jiro, person } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
let company: { id: number; serviceId: number };
const LAST = '2026-05-12';

before(async () => {
  site = await openBillingSite();
  const [row] = await rows<{ id: number; serviceId: number }>(
    `SELECT c.id, s.id AS serviceId FROM company c JOIN service s ON s.company_id = c.id WHERE c.code = '${site.ids.company}'`,
  );
  company = row!;
  await putFigures({ charges: 1_000, refunds: 60 }, addDays(LAST, -3));
});
after(() => site.close());

const em = () => site.world.deps.orm.em.fork();
const rows = <T>(text: string) => queryRows<T>(em(), text, []);
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const open = async (path: string) => plain((await site.get('billing', path)).text);

/** The sums of a day, as the night adds them up. */
async function putFigures({ charges, refunds }: { charges: number; refunds: number }, day: string) {
  await rows(`INSERT INTO report_figure (grain, starts_on, company_id, service_id, closing_group, channel, tariff_code, partner_code,
      charge_count, charged_minor, refund_count, refunded_minor, returned_count, returned_minor, clawback_minor, recovered_minor,
      joined_count, left_count, active_count)
    VALUES ('day', '${day}', ${company.id}, ${company.serviceId}, 0, 'spec', 'spec', '', ${charges}, ${charges * 500}, 0, 0,
      ${refunds}, ${refunds * 500}, 0, 0, 0, 0, 0)`);
}

async function putCase(number: string, chargeId: string): Promise<number> {
  const { deps } = site.world;
  const { subscriber } = await issueSubscriber(deps, person('kei', 'agent'), {
    lineId: site.ids.line,
    displayName: '見本',
  });
  await sqlOf(em())
    .insertInto('support_case')
    .values({
      number,
      kind: 'unrecognised-purchase',
      subjectKind: 'charge',
      subjectId: chargeId,
      companyId: company.id,
      serviceId: company.serviceId,
      subscriberId: subscriber.id,
      lineId: site.ids.line,
      holderFrom: subscriber.holderFrom,
      state: 'open',
      assignedTo: null,
      outcome: null,
      openedAt: new Date('2026-05-10T03:00:00.000Z'),
      closedAt: null,
    })
    .execute();
  return subscriber.id;
}

/** A charge of a month that is open, that a person of the line bought before all others. */
async function putEarlierCharge(like: string, subscriberId: number) {
  const sql = sqlOf(em());
  const row = await sql.selectFrom('charge').selectAll().where('id', '=', like).executeTakeFirstOrThrow();
  const open = { businessDate: '2026-05-10', billingPeriod: '2026-04', closingGroup: 15 } as const;
  await sql
    .insertInto('charge')
    .values({ ...row, ...open, id: '00000000000000000000000001', subscriberId, reference: null })
    .execute();
}

describe('the watch', () => {
  it('flags by the refunds of what was sold in the span, and shows the threshold', async () => {
    const text = await open('/billing/watch');
    assert.match(text, /株式会社あおば音楽/);
    assert.ok(!text.includes('みなと読書会'));
    assert.match(text, /5\.9%|6\.0%/);
    assert.match(text, /5\.0%/);
  });

  it('takes another span', async () => {
    assert.match(await open('/billing/watch'), /対象期間：2026年4月13日/);
    assert.match(await open('/billing/watch?days=90'), /対象期間：2026年2月12日/);
    assert.match(await open('/billing/watch?days=1'), /対象期間：2026年4月13日/);
  });

  it('counts the cases of a span, and those about the first charge of the line at the company', async () => {
    const charges = await rows<{ id: string }>(
      `SELECT id FROM charge WHERE company_id = ${company.id} AND line_id = '${site.ids.line}' AND captured_minor > 0 ORDER BY id`,
    );
    assert.ok(charges.length >= 2);
    const { deps } = site.world;
    const span = watchSpan(LAST, 30);
    assert.deepEqual(await listCaseFigures(deps, span), []);
    await putCase('C-2026-000901', charges[0]!.id);
    const subscriberId = await putCase('C-2026-000902', charges.at(-1)!.id);
    const figures = async () =>
      (await listCaseFigures(deps, span)).map((row) => [row.caseCount, row.firstChargeCount]);
    assert.deepEqual(await figures(), [[2, 2]]);
    await putEarlierCharge(charges[0]!.id, subscriberId);
    assert.deepEqual(await figures(), [[2, 0]]);
    assert.deepEqual(await listCaseFigures(deps, watchSpan('2026-05-01', 7)), []);
  });

  it('counts to how many lines one amount goes', async () => {
    const { deps } = site.world;
    const found = await findSameAmounts(deps, company.id, watchSpan(LAST, 90));
    assert.deepEqual(found.get(company.serviceId), { sameAmountLines: 6, countedLines: 6 });
    assert.equal((await findSameAmounts(deps, company.id, watchSpan('2025-12-31', 7))).size, 0);
  });
});

describe('what the watch proposes', () => {
  it('is a payout that two people hold', async () => {
    const payable = await rows<{ number: string; code: string }>(`SELECT s.number, c.code FROM settlement s
      JOIN company c ON c.id = s.company_id WHERE s.state = 'approved' AND s.held_reason IS NULL AND s.payout_minor > 0
      AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.settlement_id = s.id AND p.state IN ('planned', 'sent', 'settled'))`);
    const { number, code } = payable[0]!;
    const sent = await site.send('billing', `/billing/watch/${code}/hold`, { reason: '返金が多いため' });
    assert.equal(sent.status, 303);
    assert.match(await open(`/billing/watch/${code}`), new RegExp(`${number}.*承認待ち`));
    const held = () =>
      rows<{ held: string | null }>(`SELECT held_reason AS held FROM settlement WHERE number = '${number}'`);
    assert.equal((await held())[0]!.held, null);
    await approve(`settlement:${number}`);
    assert.equal((await held())[0]!.held, '返金が多いため');
    const alone = releaseSettlement(site.world.deps, jiro, { number, reason: 'settled' });
    await assert.rejects(alone, { code: 'approval-required', facts: { reason: 'set-by-two' } });
    const page = await site.get('billing-approver', `/billing/settlements/${number}/release`);
    assert.match(page.text, /解除を申請してください/);
    const form = await site.send('billing-approver', `/billing/settlements/${number}/release`, {
      reason: 'settled',
    });
    assert.deepEqual([form.status, (await held())[0]!.held], [403, '返金が多いため']);
    assert.match(form.text, /二人で保留・停止したものは、一人では解除できません/);
    assert.equal(
      (await site.send('billing', `/billing/watch/${code}/hold`, { reason: 'もう一度' })).status,
      404,
    );
  });

  it('is a service that two people suspend, with the approval in the audit trail', async () => {
    const path = '/billing/watch/{company}/services/{service}/suspend';
    assert.equal((await site.send('lead', path, { reason: '申告が多いため' })).status, 303);
    const again = await site.send('lead', path, { reason: '申告が多いため' });
    assert.ok(again.status === 409 || again.status === 422, String(again.status));
    await approve(`service:${site.ids.company}/${site.ids.service}`);
    const [service] = await rows<{ state: string }>(
      `SELECT state FROM service WHERE id = ${company.serviceId}`,
    );
    assert.equal(service!.state, 'suspended');
    const [audit] = await rows<{ facts: string }>(
      "SELECT facts FROM audit_entry WHERE action = 'service.suspend' ORDER BY id DESC LIMIT 1",
    );
    assert.match(JSON.stringify(audit), /approval/);
  });

  it('is the end of such a hold: two people let the payout go, and one alone lets go what one has held', async () => {
    const [held] = await rows<{ number: string; code: string }>(
      'SELECT s.number, c.code FROM settlement s JOIN company c ON c.id = s.company_id WHERE s.held_reason IS NOT NULL',
    );
    const { number, code } = held!;
    const path = `/billing/watch/${code}/payouts/${number}/release`;
    assert.match((await site.get('billing', `/billing/watch/${code}`)).text, new RegExp(path));
    assert.match((await site.get('lead', path)).text, /返金が多いため/);
    assert.equal((await site.send('lead', path, { reason: '確認が済んだため' })).status, 303);
    const reason = async () =>
      (
        await rows<{ held: string | null }>(
          `SELECT held_reason AS held FROM settlement WHERE number = '${number}'`,
        )
      )[0]!.held;
    assert.equal(await reason(), '返金が多いため');
    await approve(`settlement:${number}`);
    assert.equal(await reason(), null);
    const { deps } = site.world;
    await holdSettlement(deps, jiro, { number, reason: 'a question' });
    assert.equal((await site.send('billing', path, { reason: 'いいえ' })).status, 404);
    await releaseSettlement(deps, jiro, { number, reason: 'answered' });
    assert.equal(await reason(), null);
  });

  it('is the end of such a suspension, which who may change services does not lift alone', async () => {
    const key = { companyCode: site.ids.company, code: site.ids.service, state: 'active' } as const;
    const { deps } = site.world;
    await assert.rejects(changeServiceState(deps, hanako, key), { code: 'approval-required' });
    const alone = '/billing/companies/{company}/services/{service}/state/active';
    const refused = await site.send('administrator', alone);
    assert.equal(refused.status, 403);
    assert.match(refused.text, /一人では解除できません/);
    const path = '/billing/watch/{company}/services/{service}/resume';
    assert.equal((await site.send('lead', path, { reason: '改善を確認したため' })).status, 303);
    await approve(`service:${key.companyCode}/${key.code}`);
    assert.equal(await serviceState(), 'active');
    await changeServiceState(deps, hanako, { ...key, state: 'suspended' });
    await changeServiceState(deps, hanako, key);
    assert.equal(await serviceState(), 'active');
  });

  it('is no suspension by two any more once one person has lifted it, as one could in earlier releases', async () => {
    const key = { companyCode: site.ids.company, code: site.ids.service } as const;
    const { deps } = site.world;
    const path = '/billing/watch/{company}/services/{service}/suspend';
    assert.equal((await site.send('lead', path, { reason: '申告が続くため' })).status, 303);
    await approve(serviceSubject(key));
    assert.equal(await serviceState(), 'suspended');
    const change = { actor: hanako, owned: ownedBy(hanako, 'services:write') };
    await inTransaction(deps, (tx) => applyServiceState(tx, change, { ...key, state: 'active' }));
    await changeServiceState(deps, hanako, { ...key, state: 'suspended' });
    assert.deepEqual(await listSuspendedByTwo(deps, jiro, key.companyCode), []);
    await changeServiceState(deps, hanako, { ...key, state: 'active' });
    assert.equal(await serviceState(), 'active');
  });
});

const serviceState = async () =>
  (await rows<{ state: string }>(`SELECT state FROM service WHERE id = ${company.serviceId}`))[0]!.state;

/** Who proposed it cannot; another person can. */
async function approve(subject: string): Promise<void> {
  const { deps } = site.world;
  const [proposal] = await listPending(deps, subject);
  assert.ok(proposal, subject);
  const decision = { approvalId: proposal.id };
  await assert.rejects(approveChange(deps, hanako, approvalKinds, decision), { code: 'permission-denied' });
  await approveChange(deps, jiro, approvalKinds, decision);
}
