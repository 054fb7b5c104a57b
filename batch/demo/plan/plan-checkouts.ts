import { addDays } from '../../../src/shared/calendar.rules.ts';
import type { DemoCompany } from './demo-company.ts';
import type { Random } from '../random.ts';
import { HOUR_MS, MINUTE_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import type { CheckoutEnding, PlannedCheckout, PlannedSubscriber } from './world-plan.ts';

const CHARGES_A_CHECKOUT = 90;
const LEAST_CHECKOUTS = 9;
const MAX_CHECKOUTS = 100;
/** Before the world ends, so that every authorization is captured or has run out by then. */
const DAYS_TO_RUN_OUT = 10;
const ATTEMPTS = 50;

/** Each ending once, then mostly sales that come about. */
const ENDINGS: readonly CheckoutEnding['kind'][] = [
  ...([
    'captured',
    'captured-later',
    'declined',
    'unconfirmed',
    'cancelled',
    'uncaptured',
    'withdrawn',
  ] as const),
  ...([
    'captured',
    'captured-later',
    'captured',
    'captured',
    'captured-later',
    'captured',
    'captured',
  ] as const),
];

/** Plans the one-time sales that go through the checkout page, `most` at the most; the last one stays pending. */
export function planCheckouts(draft: Draft, buyers: readonly PlannedSubscriber[], most: number): void {
  const random = draft.random('checkouts');
  const sellers = draft.companies.filter((company) => !company.isSingleSale && !company.isMonthOnly);
  const usual = Math.max(LEAST_CHECKOUTS, Math.floor(draft.options.charges / CHARGES_A_CHECKOUT));
  const count = Math.min(usual, most, MAX_CHECKOUTS);
  for (let index = 0; index < count; index += 1) {
    const company = sellers[index % sellers.length]!;
    const ending = index === count - 1 ? 'pending' : ENDINGS[index % ENDINGS.length]!;
    addCheckout(draft, { company, ending, buyers, random });
  }
}

interface CheckoutDraft {
  readonly company: DemoCompany;
  readonly ending: CheckoutEnding['kind'] | 'pending';
  readonly buyers: readonly PlannedSubscriber[];
  readonly random: Random;
}

function addCheckout(draft: Draft, wanted: CheckoutDraft): void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const checkout = proposeCheckout(draft, wanted);
    if (!spends(draft, checkout)) continue;
    draft.checkouts.push(checkout);
    return;
  }
  throw new Error('no buyer has enough left for a checkout');
}

function proposeCheckout(draft: Draft, { company, ending, buyers, random }: CheckoutDraft): PlannedCheckout {
  const { calendar } = draft;
  const service = random.pick(company.services);
  const goods = random.pick(service.goods);
  const amountMinor = random.pick(goods.pricesMinor);
  const date = calendar.dates[random.below(calendar.dates.length - DAYS_TO_RUN_OUT)]!;
  // After the last day's midnight and less than half an hour before its night: no night is left to expire it.
  const at =
    ending === 'pending'
      ? calendar.instant(addDays(calendar.endDate, 1), 5 * MINUTE_MS)
      : calendar.instant(date, 9 * HOUR_MS + random.below(12 * HOUR_MS));
  const subscriber = random.pick(buyers);
  const key = `checkout-${draft.checkouts.length + 1}`;
  const base = { key, at, company, service, goods, subscriber, amountMinor };
  return { ...base, ending: determineEnding(ending, base, random) };
}

function determineEnding(
  kind: CheckoutDraft['ending'],
  { at, amountMinor, company }: Pick<PlannedCheckout, 'at' | 'amountMinor' | 'company'>,
  random: Random,
): CheckoutEnding {
  if (kind === 'pending') return { kind: 'unconfirmed' };
  if (kind === 'cancelled') return { kind, at: at + 2 * HOUR_MS };
  if (kind !== 'captured-later') return { kind };
  const part = Math.max(company.lowestPriceMinor, Math.floor(amountMinor * 0.06) * 10);
  const captured = random.next() < 0.5 ? amountMinor : Math.min(part, amountMinor);
  return { kind, at: at + random.between(20, 70) * HOUR_MS, amountMinor: captured };
}

/** A reservation counts like a sale while it stands. */
function spends(draft: Draft, { subscriber, ending, at, amountMinor }: PlannedCheckout): boolean {
  const { kind } = ending;
  if (kind === 'declined' || kind === 'unconfirmed' || kind === 'withdrawn') return true;
  if (!draft.trySpend(subscriber.line, at, amountMinor)) return false;
  return kind !== 'captured-later' || draft.trySpend(subscriber.line, ending.at, amountMinor);
}
