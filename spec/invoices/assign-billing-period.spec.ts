import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeConsent, makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const POOL_SIZE = 4;
let world: World;
before(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: String(POOL_SIZE) });
});
after(() => world.close());

type Sale = Awaited<ReturnType<typeof makeSale>>;

async function use({ company }: Pick<Sale, 'company'>, consentId: string) {
  const item = { consentId, amountMinor: 100n, taxCode: 'standard' as const, description: '記事' };
  const [outcome] = await recordUsageCharges(world.deps, { companyId: company.id, items: [item] });
  assert.equal(outcome?.kind, 'captured');
  return outcome.charge;
}

test('more first charges of a period at once than there are connections are all captured', async () => {
  const { company, service } = await makeSale(world.deps);
  const of = { companyId: company.id, serviceId: service.id };
  const consents: string[] = [];
  for (let line = 0; line < 3 * POOL_SIZE; line += 1) {
    const { lineId } = await makeLine(world.deps);
    const { id: subscriberId } = await makeSubscriber(world.deps, { lineId });
    consents.push((await makeConsent(world.deps, { ...of, subscriberId, lineId })).id);
  }
  const charges = await Promise.all(consents.map((consentId) => use({ company }, consentId)));
  assert.deepEqual(new Set(charges.map((charge) => charge.billingPeriod)), new Set(['2026-05']));
});

test('a line that changed its closing group is not charged in a period that ended before the business date', async () => {
  const sale = await makeSale(world.deps, { closingGroup: 31 });
  world.clock.set(new Date('2026-05-20T03:00:00.000Z'));
  assert.equal((await use(sale, sale.consent.id)).billingPeriod, '2026-05');
  const { lineId } = sale.line;
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('line')
    .set({ closingGroup: 5 })
    .where('lineId', '=', lineId)
    .execute();

  // Ten minutes into 1 June, before the night has closed May: by the group of the 5th it would still be May.
  world.clock.set(new Date('2026-05-31T15:10:00.000Z'));
  const { billingPeriod, closingGroup, late } = await use(sale, sale.consent.id);
  assert.deepEqual(
    { billingPeriod, closingGroup, late },
    { billingPeriod: '2026-06', closingGroup: 5, late: false },
  );
});
