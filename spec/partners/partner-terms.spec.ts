import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { AddPartnerTerms } from '../../src/partners/add-partner-terms.ts';
import { partnerTermsApproval } from '../../src/partners/partner-terms-approval.ts';
import { listPartnerTerms } from '../../src/partners/partner.queries.ts';
import { keyOf } from '../support/actors.ts';
import { makeSale, makeService } from '../support/factories.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { agree, makePartner } from './partner-world.ts';

let world: World;
let sale: Awaited<ReturnType<typeof makeSale>>;
let terms: AddPartnerTerms;
before(async () => {
  world = await createWorld();
  sale = await makeSale(world.deps);
  await makePartner(world.deps, 'asahi');
  await makePartner(world.deps, 'yuhi');
  terms = {
    companyCode: sale.company.code,
    partnerCode: 'asahi',
    validFrom: '2026-05-01',
    paidBy: 'company',
    commission: { basis: 'percent', percentBps: 300 },
  };
});
after(() => world.close());

const propose = (input: AddPartnerTerms) =>
  proposeChange(world.deps, hanako, partnerTermsApproval, { input, reason: 'signed' });

const use = (over: object) => ({
  consentId: sale.consent.id,
  amountMinor: 300n,
  taxCode: 'standard' as const,
  description: '電子書籍 1巻',
  ...over,
});

const charge = async (...items: object[]) => {
  const outcomes = await recordUsageCharges(world.deps, keyOf(sale.company.id), { items: items.map(use) });
  return outcomes.map((outcome) =>
    outcome.kind === 'captured' ? (outcome.charge.partnerCode ?? 'none') : outcome.problem.code,
  );
};

describe('terms of a sales partner', () => {
  it('take two people, and nothing is there before the second', async () => {
    const approvalId = await propose(terms);
    assert.deepEqual(await listPartnerTerms(world.deps, hanako, 'asahi'), []);
    assert.deepEqual(await charge({ partnerCode: 'asahi' }), ['partner-not-found']);
    await assert.rejects(() => approveChange(world.deps, hanako, [partnerTermsApproval], { approvalId }), {
      code: 'permission-denied',
    });
    await approveChange(world.deps, jiro, [partnerTermsApproval], { approvalId });
    const [version] = await listPartnerTerms(world.deps, hanako, 'asahi');
    assert.deepEqual(version?.commission, terms.commission);
  });

  const refused = [
    ['already-exists', {}],
    ['illegal-state', { validFrom: '2026-04-01' }],
    ['invalid-request', { validFrom: '2026-06-15' }],
    ['invalid-request', { validFrom: '2026-06-01', commission: { basis: 'percent', percentBps: -1 } }],
    ['partner-not-found', { partnerCode: 'nobody' }],
    ['company-not-found', { companyCode: 'nobody' }],
    ['service-not-found', { validFrom: '2026-06-01', services: ['nothing'] }],
  ] as const;
  for (const [code, over] of refused) {
    it(`are refused (${code}) with ${JSON.stringify(over)}`, async () => {
      await assert.rejects(() => propose({ ...terms, ...over }), { code });
    });
  }

  it('end with a version that has no commission, from its day on', async () => {
    await agree(world.deps, { ...terms, validFrom: '2026-07-01', commission: { basis: 'none' } });
    const inJuly = { partnerCode: 'asahi', occurredAt: new Date('2026-07-01T03:00:00.000Z') };
    assert.deepEqual(await charge({ partnerCode: 'asahi' }), ['asahi']);
    world.clock.set(new Date('2026-07-01T03:00:00.000Z'));
    assert.deepEqual(await charge(inJuly), ['partner-not-found']);
    world.clock.set(new Date('2026-05-10T03:00:00.000Z'));
  });

  it('give a service to one partner at a time', async () => {
    const service = await makeService(world.deps, { companyId: sale.company.id });
    const next = { ...terms, partnerCode: 'yuhi', services: [service.code] };
    await agree(world.deps, { ...next, validFrom: '2026-05-01' });
    const other = { ...terms, validFrom: '2026-08-01', services: [service.code] };
    await assert.rejects(() => propose(other), { code: 'illegal-state' });
    // Left out of the next version, it is free.
    await agree(world.deps, { ...next, validFrom: '2026-06-01', services: [] });
    await agree(world.deps, other);
    const rows = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('partner_service')
      .select(['validFrom', 'partnerId'])
      .where('serviceId', '=', service.id)
      .orderBy('validFrom')
      .execute();
    assert.deepEqual(
      rows.map(({ validFrom, partnerId }) => [validFrom, partnerId !== null]),
      [
        ['2026-05-01', true],
        ['2026-06-01', false],
        ['2026-08-01', true],
      ],
    );
  });
});

describe('a partner on a charge', () => {
  it('is recorded, and a wrong one harms no other item', async () => {
    const outcomes = await charge(
      {},
      { partnerCode: 'asahi' },
      { partnerCode: 'nobody' },
      { partnerCode: 'yuhi' },
    );
    assert.deepEqual(outcomes, ['none', 'asahi', 'partner-not-found', 'yuhi']);
  });

  it('is part of the content of an item key', async () => {
    const keyed = { itemKey: 'play-1', partnerCode: 'asahi' };
    assert.deepEqual(await charge(keyed, keyed, { itemKey: 'play-1' }), [
      'asahi',
      'asahi',
      'item-key-reused',
    ]);
  });

  it('of another company is not found', async () => {
    const other = await makeSale(world.deps);
    const [outcome] = await recordUsageCharges(world.deps, keyOf(other.company.id), {
      items: [{ ...use({ partnerCode: 'asahi' }), consentId: other.consent.id }],
    });
    assert.equal(outcome?.kind === 'refused' && outcome.problem.code, 'partner-not-found');
  });

  it('is fixed when a one-time charge is offered', async () => {
    const offer = {
      serviceCode: sale.service.code,
      amountMinor: 500n,
      taxCode: 'standard',
      description: '映画',
      returnUrl: 'https://shop.example/back',
      automaticCapture: true,
    } as const;
    const actor = keyOf(sale.company.id);
    const { id, partnerCode } = await createCharge(world.deps, actor, { ...offer, partnerCode: 'asahi' });
    assert.equal(partnerCode, 'asahi');
    await assert.rejects(() => createCharge(world.deps, actor, { ...offer, partnerCode: 'nobody' }), {
      code: 'partner-not-found',
    });
    const change = sqlOf(world.deps.orm.em.fork()).updateTable('charge').set({ partnerCode: 'yuhi' });
    await assert.rejects(() => change.where('id', '=', id).execute(), /charge_keeps_its_partner/);
  });
});
