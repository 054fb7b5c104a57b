import { effectiveState } from '../../../charges/effective-state.rules.ts';
import { getPurchaseSeller } from '../../../purchases/purchase-seller.queries.ts';
import { businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { cancelSubscription } from '../../../subscriptions/cancel-subscription.ts';
import { getSubscription } from '../../../subscriptions/subscription.queries.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { lineHref } from '../support-links.rules.ts';
import { cancelSubscriptionHref } from './act-links.rules.ts';
import { reasonFields, reasonInputs } from './reason.rules.ts';

/** Asks before a subscription is cancelled for its subscriber. */
export const cancelSubscriptionPage = definePage({
  name: 'support.cancel-subscription',
  path: '/support/subscriptions/:subscription/cancel',
  permission: 'subscriptions:cancel',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const id = requireStoredId('subscription', params['subscription']);
    const subscription = await getSubscription(deps, actor, id);
    const now = deps.clock.now();
    return {
      subscription,
      state: effectiveState(subscription, now),
      seller: await getPurchaseSeller(deps, subscription.serviceId),
      month: monthOf(businessDateOf(now, deps.config.timeZone)),
    };
  },
  view: cancelSubscriptionView,
  template: template<SectionsView>('kit/sections'),
});

export const cancelSubscriptionForm = defineForm({
  name: 'support.cancel-subscription-form',
  path: '/support/subscriptions/:subscription/cancel',
  permission: 'subscriptions:cancel',
  fields: reasonFields,
  submit: (deps, { actor, params, input: reason }) => {
    const subscriptionId = requireStoredId('subscription', params['subscription']);
    return cancelSubscription(deps, actor, { subscriptionId, reason });
  },
  done: ({ id, lineId, state }) => ({
    to: lineId == null ? cancelSubscriptionHref(id) : lineHref(lineId),
    flash:
      state === 'ended' ? 'support.act.cancel-subscription.ended' : 'support.act.cancel-subscription.leaving',
  }),
  page: cancelSubscriptionPage,
});

interface Loaded {
  readonly subscription: Awaited<ReturnType<typeof getSubscription>>;
  readonly state: string;
  readonly seller: Awaited<ReturnType<typeof getPurchaseSeller>>;
  /** Of today. */
  readonly month: string;
}

function cancelSubscriptionView(
  { subscription, state, seller, month }: Loaded,
  frame: ViewFrame,
): SectionsView {
  const { t, format, language } = frame;
  const { id, description, amountMinor, lineId, renewedThrough, joinedOn } = subscription;
  const isBilled = renewedThrough != null && renewedThrough >= month;
  const back = lineId == null ? '/support' : lineHref(lineId);
  const effect = isBilled ? 'billed' : subscription.lastMonthFree ? 'free' : 'unbilled';
  return {
    title: t('support.act.cancel-subscription'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      ...(lineId == null ? [] : [{ href: lineHref(lineId), label: lineId }]),
    ],
    banners: state === 'active' ? [] : [{ tone: 'info', text: t('support.act.cancel-subscription.nothing') }],
    sections: [],
    confirm:
      state === 'active'
        ? {
            title: t('support.act.cancel-subscription.question'),
            texts: [t(`support.act.cancel-subscription.effect-${effect}`, { month: format.month(month) })],
            facts: [
              { label: t('support.act.item'), text: description },
              { label: t('support.charge.company'), text: seller.company[language] },
              { label: t('support.act.monthly'), text: format.money(amountMinor), isNumber: true },
              { label: t('support.act.joined'), text: joinedOn == null ? '' : format.date(joinedOn) },
            ],
            fields: reasonInputs(frame),
            formName: 'support.cancel-subscription-form',
            action: cancelSubscriptionHref(id),
            label: t('support.act.cancel-subscription'),
            back,
            isDanger: true,
          }
        : undefined,
  };
}
