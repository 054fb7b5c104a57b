import type { SubscriptionDetails } from '../../purchases/subscriptions-of-line.queries.ts';
import type { CancelPreview } from '../../subscriptions/subscription-outlook.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { sellerText, subscriptionHref, type CrumbView, type FactView } from './my-parts.rules.ts';

/** The last page before a cancelling (`kit/confirm`). */
export interface ConfirmView {
  readonly title: string;
  readonly texts: readonly string[];
  readonly facts: readonly FactView[];
  readonly action: string;
  readonly label: string;
  readonly back: string;
  readonly isDanger: boolean;
}

export interface CancelView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  /** Undefined where there is nothing to cancel. */
  readonly confirm: ConfirmView | undefined;
  readonly nothing: string;
  /** The seller's own words about cancelling. */
  readonly terms: { readonly title: string; readonly text: string } | undefined;
}

export function cancelView(subscription: SubscriptionDetails, frame: ViewFrame): CancelView {
  const { t, language } = frame;
  const { id, description, cancel, cancellation, cancellationEn } = subscription;
  const terms = language === 'ja' ? cancellation : cancellationEn;
  return {
    title: t('my.cancel.title'),
    crumbs: [
      { href: '/my/subscriptions', label: t('my.subscriptions.title') },
      { href: subscriptionHref(id), label: description },
    ],
    lead: t('my.cancel.lead', { item: description, seller: sellerText(subscription, frame) }),
    confirm: cancel && confirmView(subscription, cancel, frame),
    nothing: t('my.cancel.nothing'),
    terms: terms === null ? undefined : { title: t('my.cancel.terms'), text: terms },
  };
}

function confirmView(
  { id, amountMinor }: SubscriptionDetails,
  cancel: CancelPreview,
  { t, format }: ViewFrame,
): ConfirmView {
  const charged = cancel.charged.map(({ month }) =>
    t('my.cancel.charge', { month: format.month(month), amount: format.money(amountMinor) }),
  );
  const month = format.month(cancel.month);
  return {
    title: t('my.cancel.question'),
    texts: [t(`my.cancel.${cancel.thisMonth}`, { month, amount: format.money(amountMinor) })],
    facts: [
      {
        label: t('my.cancel.still-charged'),
        text: charged.length > 0 ? charged.join(t('my.list')) : t('my.cancel.none'),
      },
      {
        label: t('my.cancel.usable'),
        text: t('my.cancel.through', { date: format.date(cancel.usableThrough) }),
      },
      { label: t('my.cancel.afterwards'), text: t('my.cancel.nothing-after', { month }) },
    ],
    action: `${subscriptionHref(id)}/cancel`,
    label: t('my.cancel.button'),
    back: subscriptionHref(id),
    isDanger: true,
  };
}
