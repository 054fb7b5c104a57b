import { findRefusals } from '../checkout/refusal.queries.ts';
import { refusalOfSale, type LastRefusal } from '../checkout/refusal.rules.ts';
import { checkoutUrl } from '../checkout/checkout-seal.rules.ts';
import { effectiveEnding } from '../charges/effective-state.rules.ts';
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
  const unjoined = subscriptions.filter(({ joinedAt }) => joinedAt == null);
  const refusals = await findRefusals(
    deps,
    unjoined.map(({ id }) => id),
  );
  const at = deps.clock.now();
  return subscriptions.map((subscription) =>
    presentSubscriptionAsOf(deps.config, subscription, {
      at,
      codes,
      lastRefusal: refusals.get(subscription.id),
    }),
  );
}

/** Shows one subscription. */
export async function presentSubscription(
  deps: Deps,
  subscription: Subscription,
): Promise<PresentedSubscription> {
  const [presented] = await presentSubscriptions(deps, [subscription]);
  return presented!;
}

interface Known {
  /** The instant whose state is shown. */
  readonly at: Date;
  readonly codes: ReadonlyMap<number, string>;
  /** Of its buyer; an event shows none, so that it is the same whenever it is shown. */
  readonly lastRefusal?: LastRefusal | undefined;
}

/** Shows a subscription as its row says it was at an instant. */
export function presentSubscriptionAsOf(
  config: Config,
  subscription: Subscription,
  { at, codes, lastRefusal }: Known,
): PresentedSubscription {
  const id = publicId('subscription', subscription.id);
  const { state, openUntil } = effectiveEnding(subscription, at);
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
    // A subscription that nobody joined keeps no time of its end: without a stored refusal there is none to show, before the night either.
    ...refusalOfSale(
      { state, isDeclined: state === 'declined', confirmedAt: subscription.joinedAt },
      lastRefusal,
    ),
    created_at: subscription.createdAt.toISOString(),
    expires_at: openUntil?.toISOString() ?? null,
    joined_at: subscription.joinedAt?.toISOString() ?? null,
    joined_on: subscription.joinedOn ?? null,
    left_at: subscription.leftAt?.toISOString() ?? null,
    left_on: subscription.leftOn ?? null,
    renewed_through: subscription.renewedThrough ?? null,
  };
}
