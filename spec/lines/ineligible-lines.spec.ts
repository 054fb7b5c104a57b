import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import { grantConsent } from '../../src/consents/grant-consent.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { keyOf, signedIn } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';
import { offer, renewNightly, subscribe } from '../subscriptions/subscribing.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

type Sale = Awaited<ReturnType<typeof makeSale>>;
const returnUrl = 'https://shop.example/thanks';

async function setAccess({ line }: Sale, product: string | null, options: string | null = null) {
  const query = sqlOf(world.deps.orm.em.fork()).updateTable('line_holder').set({ product, options });
  await query.where('lineId', '=', line.lineId).execute();
}

async function saleOn(product: string | null, options: string | null = null): Promise<Sale> {
  const sale = await makeSale(world.deps);
  await setAccess(sale, product, options);
  return sale;
}

async function charge(sale: Sale) {
  const goods = { amountMinor: 500n, taxCode: 'standard', description: '映画「海の底」' } as const;
  const input = { ...goods, serviceCode: sale.service.code, returnUrl, automaticCapture: false };
  const { id } = await createCharge(world.deps, keyOf(sale.company.id), input);
  return await authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id });
}

async function consent(sale: Sale) {
  const input = { serviceCode: sale.service.code, description: '楽曲の都度払い', returnUrl };
  const { id } = await createConsent(world.deps, keyOf(sale.company.id), input);
  return await grantConsent(world.deps, signedIn(sale.buyer), { consentId: id });
}

async function use(sale: Sale) {
  const goods = { amountMinor: 300n, taxCode: 'standard', description: '楽曲1曲' } as const;
  const items = [{ ...goods, consentId: sale.consent.id }];
  const [outcome] = await recordUsageCharges(world.deps, keyOf(sale.company.id), { items });
  if (outcome?.kind === 'refused') throw outcome.problem;
}

const purchases = {
  'a charge': charge,
  'a subscription': (sale: Sale) => subscribe(world.deps, sale),
  'a consent': consent,
  'a use': use,
};

for (const [what, buy] of Object.entries(purchases)) {
  describe(what, () => {
    test('is refused on a line whose product may not pay, by a code of its own', async () => {
      for (const access of [
        ['フレッツ・ADSL'],
        ['フレッツ・ADSL', 'ひかり電話'],
        ['フレッツ・ISDN'],
      ] as const) {
        await assert.rejects(buy(await saleOn(access[0], access[1])), {
          code: 'line-not-eligible',
          status: 403,
        });
      }
    });

    test('is taken on a line that may, and on one whose product nobody knows', async () => {
      for (const access of [['フレッツ・ADSL', 'フレッツ・ドットネット'], ['Bフレッツ'], [null]] as const) {
        await buy(await saleOn(access[0], access[1]));
      }
    });

    test('is refused for the entitlement first', async () => {
      const sale = await saleOn('フレッツ・ISDN');
      const query = sqlOf(world.deps.orm.em.fork()).updateTable('line').set({ status: 'suspended' });
      await query.where('lineId', '=', sale.line.lineId).execute();
      await assert.rejects(buy(sale), { code: 'entitlement-ended' });
    });
  });
}

test('what was agreed before the line changed stays: its charge is captured, its subscription renewed', async () => {
  world.clock.set(NOON_IN_TOKYO);
  const sale = await saleOn('フレッツ 光ネクスト');
  const { id } = await charge(sale);
  await subscribe(world.deps, sale);
  await setAccess(sale, 'フレッツ・ISDN');
  assert.equal((await captureCharge(world.deps, keyOf(sale.company.id), { chargeId: id })).state, 'captured');
  await renewNightly(world, '2026-05-11', '2026-06-10');
  const months = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('charge')
    .select('subscriptionMonth')
    .where('companyId', '=', sale.company.id)
    .where('kind', '=', 'monthly')
    .orderBy('subscriptionMonth')
    .execute();
  assert.deepEqual(
    months.map(({ subscriptionMonth }) => subscriptionMonth),
    ['2026-05', '2026-06'],
  );
  await assert.rejects(subscribe(world.deps, sale, { itemCode: 'another' }), { code: 'line-not-eligible' });
  await offer(world.deps, sale);
});
