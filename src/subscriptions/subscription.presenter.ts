import { checkoutUrl } from '../checkout/checkout-seal.rules.ts';
import { effectiveState } from '../charges/effective-state.rules.ts';
import { findServiceCodes } from '../companies/service-codes.ts';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { Subscription } from './subscription.entity.ts';
import type { subscriptionSchema } from './subscription.schema.ts';

type PresentedSubscription = FromSchema<typeof subscriptionSchema>;

/** Shows subscriptions as their company sees them: never the line or the person. */
export async function presentSubscriptions(
  deps: Deps,
  subscriptions: readonly Subscription[],
): Promise<PresentedSubscription[]> {
  const serviceIds = subscriptions.map(({ serviceId }) => serviceId);
  const codes = await findServiceCodes(deps, serviceIds);
  const at = deps.clock.now();
  return subscriptions.map((subscription) =>
    presentSubscriptionAsOf(deps.config, subscription, { at, codes }),
  );
}

/** Shows one subscription. */
export async function presentSubscription(
  deps: Deps,
  subscription: Subscription,
): Promise<PresentedSubscription> {
  const codes = await findServiceCodes(deps, [subscription.serviceId]);
  return presentSubscriptionAsOf(deps.config, subscription, { at: deps.clock.now(), codes });
}

/** Shows a subscription as its row says it was at an instant. */
export function presentSubscriptionAsOf(
  config: Config,
  subscription: Subscription,
  { at, codes }: { readonly at: Date; readonly codes: ReadonlyMap<number, string> },
): PresentedSubscription {
  const id = publicId('subscription', subscription.id);
  const state = effectiveState(subscription, at);
  return {
    id,
    state,
    service: codes.get(subscription.serviceId) ?? '',
    item: subscription.itemCode,
    charge_day: subscription.chargeDay,
    first_month_free: subscription.firstMonthFree,
    last_month_free: subscription.lastMonthFree,
    amount: Number(subscription.amountMinor),
    currency: config.currency,
    tax_code: subscription.taxCode,
    description: subscription.description,
    reference: subscription.reference ?? null,
    confirm_url: state === 'pending' ? checkoutUrl(config, id) : null,
    created_at: subscription.createdAt.toISOString(),
    joined_at: subscription.joinedAt?.toISOString() ?? null,
    joined_on: subscription.joinedOn ?? null,
    left_at: subscription.leftAt?.toISOString() ?? null,
    left_on: subscription.leftOn ?? null,
    renewed_through: subscription.renewedThrough ?? null,
  };
}
