import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { getService } from '../../src/companies/company.queries.ts';
import { createService } from '../../src/companies/create-service.ts';
import { editService } from '../../src/companies/edit-service.ts';
import { isComplete, noTerms, termsOf } from '../../src/companies/seller-terms.rules.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { changesAreRecorded } from '../../src/invariants/changes-are-recorded.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { keyOf, signedIn, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { serviceTerms } from '../support/service-terms.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';
import { offer, renewNightly, subscribe } from '../subscriptions/subscribing.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

type Sale = Awaited<ReturnType<typeof makeSale>>;
const returnUrl = 'https://shop.example/thanks';
const clerk = staff();
const keyOfService = ({ company, service }: Sale) => ({ companyCode: company.code, code: service.code });

/** A service of before it had texts of its own, as the migration leaves it. */
async function forget({ service }: Sale): Promise<void> {
  const query = sqlOf(world.deps.orm.em.fork()).updateTable('service').set(noTerms);
  await query.where('id', '=', service.id).execute();
}

function createOneTime(sale: Sale) {
  const goods = { amountMinor: 500n, taxCode: 'standard', description: '映画「海の底」' } as const;
  const input = { ...goods, serviceCode: sale.service.code, returnUrl, automaticCapture: false };
  return createCharge(world.deps, keyOf(sale.company.id), input);
}

describe('a service without the texts of its purchase page', () => {
  test('sells nothing new', async () => {
    const sale = await makeSale(world.deps);
    await forget(sale);
    const refusal = { code: 'service-incomplete', status: 403 };
    await assert.rejects(createOneTime(sale), refusal);
    await assert.rejects(offer(world.deps, sale), refusal);
    const consent = { serviceCode: sale.service.code, description: '楽曲の都度払い', returnUrl };
    await assert.rejects(createConsent(world.deps, keyOf(sale.company.id), consent), refusal);
  });

  test('does not sell what was offered before it lost them', async () => {
    const sale = await makeSale(world.deps);
    const { id } = await createOneTime(sale);
    await forget(sale);
    await assert.rejects(authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id }), {
      code: 'service-incomplete',
    });
  });

  test('keeps what was agreed: captures, months of subscriptions and uses under a consent go on', async () => {
    world.clock.set(NOON_IN_TOKYO);
    const sale = await makeSale(world.deps);
    const { id } = await createOneTime(sale);
    await authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id });
    await subscribe(world.deps, sale);
    await forget(sale);
    assert.equal(
      (await captureCharge(world.deps, keyOf(sale.company.id), { chargeId: id })).state,
      'captured',
    );
    await renewNightly(world, '2026-05-11', '2026-06-10');
    const use = {
      consentId: sale.consent.id,
      amountMinor: 300n,
      taxCode: 'standard',
      description: '楽曲1曲',
    } as const;
    const [outcome] = await recordUsageCharges(world.deps, keyOf(sale.company.id), { items: [use] });
    assert.equal(outcome?.kind, 'captured');
    const query = sqlOf(world.deps.orm.em.fork()).selectFrom('charge').select('kind');
    const rows = await query.where('companyId', '=', sale.company.id).orderBy('kind').execute();
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['monthly', 'monthly', 'one_time', 'usage'],
    );
  });

  test('sells as soon as it has all of them, and not with some of them', async () => {
    const sale = await makeSale(world.deps);
    await forget(sale);
    const some = { ...keyOfService(sale), delivery: '即時', deliveryEn: 'At once' };
    await assert.rejects(
      editService(world.deps, clerk, some),
      (problem: { code: string; errors: { pointer: string }[] }) => {
        assert.equal(problem.code, 'invalid-request');
        const missing = new Set(problem.errors.map(({ pointer }) => pointer));
        assert.ok(missing.has('/cancellation') && missing.has('/sellerTelephone'));
        return !missing.has('/delivery');
      },
    );
    await assert.rejects(createOneTime(sale), { code: 'service-incomplete' });
    await editService(world.deps, clerk, { ...keyOfService(sale), ...serviceTerms });
    assert.equal((await createOneTime(sale)).state, 'pending');
  });

  test('is refused by the database with some of them', async () => {
    const sale = await makeSale(world.deps);
    const query = sqlOf(world.deps.orm.em.fork()).updateTable('service').set({ deliveryEn: null });
    await assert.rejects(query.where('id', '=', sale.service.id).execute(), /service_terms_whole/);
  });
});

describe('what a service says of itself', () => {
  test('is given when it is created, or later', async () => {
    const { company } = await makeSale(world.deps);
    const names = { name: '映画', nameEn: 'Film', siteOrigin: 'https://shop.example' };
    const of = { companyCode: company.code };
    const bare = await createService(world.deps, clerk, { ...of, ...names, code: 'bare' });
    assert.equal(isComplete(bare), false);
    const full = await createService(world.deps, clerk, { ...of, ...names, code: 'full', ...serviceTerms });
    assert.deepEqual(termsOf(full), serviceTerms);
    const { listedFrom: _, ...silent } = serviceTerms;
    const today = await createService(world.deps, clerk, { ...of, ...names, code: 'today', ...silent });
    assert.equal(today.listedFrom, '2026-06-11');
    const planned = { ...of, ...names, code: 'planned', ...silent, listedFrom: null };
    assert.equal((await createService(world.deps, clerk, planned)).listedFrom, null);
  });

  test('is changed one by one, with an audit row of what was before, and once', async () => {
    const sale = await makeSale(world.deps);
    const change = { ...keyOfService(sale), sellerTelephone: '0120-000-000', listedFrom: null };
    await editService(world.deps, clerk, change);
    await editService(world.deps, clerk, change);
    const service = await getService(world.deps, clerk, keyOfService(sale));
    const { sellerTelephone, listedFrom } = serviceTerms;
    assert.deepEqual(termsOf(service), {
      ...serviceTerms,
      sellerTelephone: '0120-000-000',
      listedFrom: null,
    });
    const audits = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('facts')
      .where('subject', '=', `service:${sale.company.code}/${sale.service.code}`)
      .where('action', '=', 'service.edit')
      .execute();
    assert.deepEqual(
      audits.map(({ facts }) => facts),
      [
        {
          validFrom: '2026-06-11',
          sellerTelephone: { before: sellerTelephone, after: '0120-000-000' },
          listedFrom: { before: listedFrom, after: null },
        },
      ],
    );
    const events = sqlOf(world.deps.orm.em.fork()).selectFrom('event').select('snapshot');
    const [event] = await events
      .where('type', '=', 'service.edited')
      .where('companyId', '=', sale.company.id)
      .execute();
    assert.deepEqual(event?.snapshot, { fields: 'sellerTelephone listedFrom' });
  });

  for (const [what, wrong] of [
    ['a telephone number in words', { sellerTelephone: '代表番号' }],
    ['a short telephone number', { sellerTelephone: '110' }],
    ['an address without a host', { contactEmail: 'support' }],
    ['an address with a line of its own', { contactEmail: 'a@shop.example\r\nBcc: b@shop.example' }],
    ['an invisible text', { delivery: '\u200b' }],
    ['a text that turns around', { cancellationEn: 'at \u202e any time' }],
    ['a text that is too long', { sellerAddress: '長'.repeat(241) }],
    ['a day that does not exist', { listedFrom: '2026-02-30' }],
    ['a platform of its own', { platform: 'television' as 'internet' }],
  ] as const) {
    test(`is refused: ${what}`, async () => {
      const sale = await makeSale(world.deps);
      await assert.rejects(editService(world.deps, clerk, { ...keyOfService(sale), ...wrong }), {
        code: 'invalid-request',
      });
    });
  }

  test('is found when it is changed past the audit trail', async () => {
    const sale = await makeSale(world.deps);
    const query = sqlOf(world.deps.orm.em.fork())
      .updateTable('service')
      .set({ contactEmail: 'thief@shop.example' });
    await query.where('id', '=', sale.service.id).execute();
    const [rule] = changesAreRecorded.rules;
    const broken = await inTransaction(world.deps, (tx) => rule!.find(tx, {}));
    assert.ok(JSON.stringify(broken).includes(`"record_key":"${sale.service.id}"`));
  });
});
