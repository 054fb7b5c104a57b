import { publicId } from '../shared/public-id.rules.ts';

/** How mails about a subscription name it, and the page of it. */
export function nameSubscription(
  { publicOrigin }: { readonly publicOrigin: string },
  { id, description }: { readonly id: string; readonly description: string },
) {
  const subscriptionNumber = publicId('subscription', id);
  return { description, subscriptionNumber, url: `${publicOrigin}/my/subscriptions/${subscriptionNumber}` };
}
