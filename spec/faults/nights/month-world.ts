import { createRandom } from '../../../batch/demo/random.ts';
import { authorizeCharge } from '../../../src/charges/authorize-charge.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../../src/charges/record-usage-charges.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../../src/subscriptions/join-subscription.ts';
import {
  makeCompany,
  makeConsent,
  makeContract,
  makeLine,
  makeService,
  makeSubscriber,
} from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { keyOf, signedIn } from '../../support/actors.ts';

/** The nights in which the six closing groups of May 2026 close; the last one settles the companies. */
export const closingNights = [
  '2026-05-31',
  '2026-06-05',
  '2026-06-10',
  '2026-06-15',
  '2026-06-20',
  '2026-06-25',
];

export interface MonthSize {
  readonly lines: number;
  readonly chargesOfLine: number;
}

const COMPANIES = 3;

/** A month of sales of every kind, always the same: two such worlds are twins. */
export async function createMonthWorld(size: MonthSize): Promise<World> {
  const world = await createWorld();
  await fillMonth(world, size);
  return world;
}

/** Sells for a month in an empty world. */
export async function fillMonth(
  world: Pick<World, 'deps' | 'clock'>,
  { lines, chargesOfLine }: MonthSize,
): Promise<void> {
  const deps: Deps = { ...world.deps, ids: createIds(world.clock, createRandom(1, 'identifiers').next) };
  const sellers = [];
  for (let n = 0; n < COMPANIES; n += 1) sellers.push(await makeSeller(deps, n));
  for (let n = 0; n < lines; n += 1) {
    const seller = sellers[n % COMPANIES]!;
    const { buyer, consentId } = await makeBuyer(deps, seller, n);
    world.clock.set(new Date('2026-05-10T03:00:00.000Z'));
    await subscribe(deps, seller, buyer, n);
    // In this day every closing group is in its period of May.
    world.clock.set(new Date('2026-05-28T03:00:00.000Z'));
    const items = Array.from({ length: chargesOfLine }, (_, index) => ({
      consentId,
      amountMinor: BigInt(50 + ((n * 37 + index * 11) % 200)),
      taxCode: index % 5 === 0 ? ('reduced' as const) : ('standard' as const),
      description: `track ${index}`,
    }));
    await recordUsageCharges(deps, keyOf(seller.companyId), { items });
    // It is never captured: a later night releases its reservation.
    const input = {
      amountMinor: 100n,
      taxCode: 'standard' as const,
      description: 'film',
      automaticCapture: false,
    };
    const { id } = await createCharge(deps, keyOf(seller.companyId), {
      serviceCode: seller.serviceCode,
      ...input,
      returnUrl: 'https://shop.example/done',
    });
    await authorizeCharge(deps, signedIn(buyer), { chargeId: id });
  }
}

type SellingTerms = Awaited<ReturnType<typeof makeSeller>>;

async function makeSeller(deps: Deps, n: number) {
  const company = await makeCompany(deps, { code: `seller-${n}`, name: `商店${n}`, nameEn: `Shop ${n}` });
  const service = await makeService(deps, {
    companyId: company.id,
    code: `service-of-${n}`,
    name: '動画',
    nameEn: 'Video',
  });
  await makeContract(deps, { companyId: company.id, tariffCode: n === 0 ? 'flets-2012' : 'flets-2011' });
  return { companyId: company.id, serviceId: service.id, serviceCode: service.code };
}

async function makeBuyer(deps: Deps, { companyId, serviceId }: SellingTerms, n: number) {
  const lineId = `CAF${String(n).padStart(10, '0')}`;
  const closingGroup = CLOSING_GROUPS[n % CLOSING_GROUPS.length]!;
  const { holderFrom } = await makeLine(deps, { lineId, closingGroup, holder: { holder: `保有者${n}` } });
  const { id: subscriberId } = await makeSubscriber(deps, { lineId });
  const { id: consentId } = await makeConsent(deps, { companyId, serviceId, subscriberId, lineId });
  return { buyer: { subscriberId, lineId, holderFrom }, consentId };
}

type Buyer = Awaited<ReturnType<typeof makeBuyer>>['buyer'];

async function subscribe(deps: Deps, seller: SellingTerms, buyer: Buyer, n: number): Promise<void> {
  const { id } = await createSubscription(deps, keyOf(seller.companyId), {
    serviceCode: seller.serviceCode,
    itemCode: `item-${n}`,
    amountMinor: BigInt(300 + n),
    taxCode: 'standard',
    description: 'unlimited',
    chargeDay: 1 + (n % 25),
    firstMonthFree: n % 2 === 0,
    lastMonthFree: false,
    returnUrl: 'https://shop.example/done',
  });
  await joinSubscription(deps, signedIn(buyer), { subscriptionId: id });
}

/** Everything that the nights have created, without random identifiers and times. */
export async function readMonth({ deps }: Pick<World, 'deps'>) {
  const sql = sqlOf(deps.orm.em.fork());
  const items = await sql.selectFrom('invoice_item').selectAll().execute();
  const settlements = await sql.selectFrom('settlement').selectAll().orderBy('companyId').execute();
  const periods = await sql.selectFrom('billing_period').selectAll().orderBy('closesOn').execute();
  const charges = await sql
    .selectFrom('charge')
    .select(['kind', 'state', 'lineId', 'businessDate'])
    .execute();
  return {
    items: sortedTexts(items.map((item) => ({ ...item, chargeId: null }))),
    invoices: await sql
      .selectFrom('line_invoice')
      .selectAll()
      .orderBy('billingPeriod')
      .orderBy('lineId')
      .execute(),
    taxes: sortedTexts(await sql.selectFrom('line_invoice_tax').selectAll().execute()),
    periods: periods.map((period) => ({ ...period, closedAt: null, checksum: null })),
    settlements: settlements.map((settlement) => ({ ...settlement, id: null, createdAt: null })),
    charges: sortedTexts(charges),
    months: sortedTexts(await sql.selectFrom('subscription_month').select(['month', 'outcome']).execute()),
  };
}

function sortedTexts(rows: readonly object[]): string[] {
  return rows
    .map((row) =>
      JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
    )
    .sort();
}
