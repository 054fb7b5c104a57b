import type {
  PlannedCheckout,
  PlannedConsent,
  PlannedSubscriber,
  PlannedSubscription,
} from '../plan/world-plan.ts';
import { BuyerBrowser } from '../site/buyer-browser.ts';
import { CONSENT_TEXT } from './create-subscribers.ts';
import { assertState, companyOf, known, returnUrlOf, subscriberOf, type DemoWorld } from './demo-world.ts';

/** The API's response for a sale that a subscriber has to confirm. */
interface Pending {
  readonly id: string;
  readonly state: string;
  readonly confirm_url: string;
}

/** Creates a one-time sale; the subscriber then does what is planned. */
export async function sellOnce(world: DemoWorld, checkout: PlannedCheckout): Promise<void> {
  const { key, company, service, subscriber, goods, amountMinor, ending } = checkout;
  const { client } = companyOf(world, company);
  const isLater = ['captured-later', 'cancelled', 'uncaptured'].includes(ending.kind);
  const body = {
    service: service.code,
    amount: amountMinor,
    tax_code: goods.taxCode,
    description: goods.description,
    reference: key,
    return_url: returnUrlOf(service, key),
    capture: isLater ? 'manual' : 'automatic',
  };
  const pending = await client.post<Pending>('/v1/charges', body, key);
  world.charges.set(key, pending.id);
  if (ending.kind === 'unconfirmed') return;
  if (ending.kind === 'withdrawn')
    await client.post(`/v1/charges/${pending.id}/cancel`, undefined, `${key}|withdraw`);
  else if (ending.kind === 'declined') await new BuyerBrowser(world.site.origin).decline(pending.confirm_url);
  else await confirm(world, subscriber, pending.confirm_url);
  const { state } = await client.get<Pending>(`/v1/charges/${pending.id}`);
  assertState(key, state, stateAfter(ending.kind));
}

function stateAfter(ending: PlannedCheckout['ending']['kind']): string {
  if (ending === 'captured') return 'captured';
  return ending === 'withdrawn' || ending === 'declined' ? 'cancelled' : 'authorized';
}

/** The company delivers, and captures all of it or a part. */
export async function captureLater(world: DemoWorld, checkout: PlannedCheckout, amountMinor: number) {
  const { client } = companyOf(world, checkout.company);
  const path = `/v1/charges/${known(world.charges, checkout.key)}/capture`;
  const { state } = await client.post<Pending>(path, { amount: amountMinor }, `${checkout.key}|capture`);
  assertState(checkout.key, state, 'captured');
}

/** The company cannot deliver, and gives the authorization back. */
export async function cancelLater(world: DemoWorld, checkout: PlannedCheckout): Promise<void> {
  const { client } = companyOf(world, checkout.company);
  const path = `/v1/charges/${known(world.charges, checkout.key)}/cancel`;
  const { state } = await client.post<Pending>(path, undefined, `${checkout.key}|cancel`);
  assertState(checkout.key, state, 'cancelled');
}

/** A subscriber agrees to usage charges on the checkout page. */
export async function agree(world: DemoWorld, consent: PlannedConsent): Promise<void> {
  const { key, company, service, subscriber } = consent;
  const body = {
    service: service.code,
    description: CONSENT_TEXT,
    return_url: returnUrlOf(service, 'consent'),
  };
  const pending = await companyOf(world, company).client.post<Pending>(
    '/v1/consents',
    body,
    `consent|${key}`,
  );
  await confirm(world, subscriber, pending.confirm_url);
  world.consents.set(key, pending.id);
}

/** A subscriber joins a monthly subscription on the checkout page. */
export async function join(world: DemoWorld, subscription: PlannedSubscription): Promise<void> {
  const { key, company, service, item, subscriber } = subscription;
  const body = {
    service: service.code,
    item: item.itemCode,
    amount: item.amountMinor,
    tax_code: item.taxCode,
    description: item.description,
    reference: key,
    charge_day: item.chargeDay,
    first_month_free: item.firstMonthFree ?? false,
    last_month_free: item.lastMonthFree ?? false,
    return_url: returnUrlOf(service, key),
  };
  const pending = await companyOf(world, company).client.post<Pending>('/v1/subscriptions', body, key);
  await confirm(world, subscriber, pending.confirm_url);
  world.subscriptions.set(key, pending.id);
}

export async function leave(world: DemoWorld, subscription: PlannedSubscription): Promise<void> {
  const { client } = companyOf(world, subscription.company);
  const path = `/v1/subscriptions/${known(world.subscriptions, subscription.key)}/cancel`;
  await client.post(path, undefined, `${subscription.key}|leave`);
}

/** Both proofs on the carrier's page, then back on the seller's site. */
async function confirm(world: DemoWorld, subscriber: PlannedSubscriber, confirmUrl: string): Promise<void> {
  const { issuedId } = subscriberOf(world, subscriber);
  const { password } = subscriber;
  if (password === undefined) throw new Error(`${subscriber.key} has no password`);
  await new BuyerBrowser(world.site.origin).confirm(confirmUrl, { issuedId, password });
}
