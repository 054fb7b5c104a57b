import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import { makeConsent, makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { keyOf } from '../support/actors.ts';

const POOL_SIZE = 4;
let world: World;
before(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: String(POOL_SIZE) });
});
after(() => world.close());

type Sale = Awaited<ReturnType<typeof makeSale>>;

async function use({ company }: Pick<Sale, 'company'>, consentId: string, occurredAt?: Date) {
  const item = {
    consentId,
    amountMinor: 100n,
    taxCode: 'standard' as const,
    description: '記事',
    occurredAt,
  };
  const [outcome] = await recordUsageCharges(world.deps, keyOf(company.id), { items: [item] });
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

test('a use of a month before the service began goes to the open period, late, once a later one has closed', async () => {
  const sale = await makeSale(world.deps, { closingGroup: 10 });
  await inTransaction(world.deps, (tx) =>
    ensureBillingPeriods(tx, [{ period: '2026-05', closingGroup: 10 }]),
  );
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('billing_period')
    .set({
      state: 'closed',
      invoiceCount: 0,
      itemCount: 0,
      totalMinor: 0n,
      checksum: '',
      closedAt: world.clock.now(),
    })
    .where('period', '=', '2026-05')
    .where('closingGroup', '=', 10)
    .execute();
  world.clock.set(new Date('2026-06-11T03:00:00.000Z'));
  const { billingPeriod, late } = await use(sale, sale.consent.id, new Date('2026-02-20T03:00:00.000Z'));
  assert.deepEqual({ billingPeriod, late }, { billingPeriod: '2026-06', late: true });
  const opened = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('billing_period')
    .select('period')
    .where('closingGroup', '=', 10)
    .orderBy('period')
    .execute();
  assert.deepEqual(
    opened.map(({ period }) => period),
    ['2026-05', '2026-06'],
  );
});
