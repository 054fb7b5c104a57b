import type {
  SubscriptionDetails,
  SubscriptionOfLine,
} from '../../purchases/subscriptions-of-line.queries.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import {
  purchaseHref,
  sellerText,
  subscriptionHref,
  type BadgeView,
  type CrumbView,
  type EmptyView,
  type FactView,
  type RowView,
} from './my-parts.rules.ts';

/** The state of a subscription in words. */
export function subscriptionBadge({ state }: Pick<SubscriptionOfLine, 'state'>, { t }: ViewFrame): BadgeView {
  if (state === 'active') return { tone: 'good', text: t('my.subscription.state.active') };
  if (state === 'leaving') return { tone: 'warn', text: t('my.subscription.state.leaving') };
  return { tone: 'plain', text: t('my.subscription.state.ended') };
}

/** What is charged next, in one sentence. */
export function nextChargeText(
  subscription: Pick<SubscriptionOfLine, 'next' | 'freeMonth' | 'amountMinor' | 'leftOn'>,
  frame: ViewFrame,
): string {
  const { t, format } = frame;
  const { next, freeMonth, amountMinor, leftOn } = subscription;
  if (!next)
    return leftOn === null
      ? t('my.subscription.no-next')
      : t('my.subscription.left', { date: format.date(leftOn) });
  const charge = {
    date: format.date(next.dueOn),
    amount: format.money(amountMinor),
    month: format.month(next.month),
  };
  return freeMonth
    ? t('my.subscription.next-after-free', { ...charge, free: format.month(freeMonth.month) })
    : t('my.subscription.next', charge);
}

/** A subscription as a row of a list. */
export function subscriptionRow(
  subscription: SubscriptionOfLine,
  frame: ViewFrame,
  { isHolder }: { readonly isHolder: boolean },
): RowView {
  const { id, description, amountMinor, person } = subscription;
  return {
    href: subscriptionHref(id),
    title: description,
    figure: frame.t('my.per-month', { amount: frame.format.money(amountMinor) }),
    notes: [
      sellerText(subscription, frame),
      nextChargeText(subscription, frame),
      ...(isHolder && person ? [person.displayName] : []),
    ],
    badge: subscriptionBadge(subscription, frame),
  };
}

export interface SubscriptionsView extends PageView {
  readonly lead: string;
  readonly running: readonly RowView[];
  readonly ended: readonly RowView[];
  readonly empty: EmptyView;
}

export interface SubscriptionsData {
  readonly subscriptions: readonly SubscriptionOfLine[];
  readonly isHolder: boolean;
}

export function subscriptionsView(
  { subscriptions, isHolder }: SubscriptionsData,
  frame: ViewFrame,
): SubscriptionsView {
  const { t } = frame;
  const rows = (isEnded: boolean) =>
    subscriptions
      .filter(({ state }) => (state === 'ended') === isEnded)
      .map((subscription) => subscriptionRow(subscription, frame, { isHolder }));
  return {
    title: t('my.subscriptions.title'),
    lead: t('my.subscriptions.lead'),
    running: rows(false),
    ended: rows(true),
    empty: { title: t('my.subscriptions.empty'), text: t('my.subscriptions.empty-text') },
  };
}

export interface SubscriptionView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly badge: BadgeView;
  readonly next: string;
  readonly facts: readonly FactView[];
  readonly cancelHref: string | undefined;
  readonly months: MonthTable | undefined;
}

interface MonthTable {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly isNumber?: true }[];
  readonly rows: readonly (readonly { readonly text: string; readonly href?: string }[])[];
}

export function subscriptionView(subscription: SubscriptionDetails, frame: ViewFrame): SubscriptionView {
  const { t, can } = frame;
  const { id, description, cancel, months } = subscription;
  return {
    title: description,
    crumbs: [{ href: '/my/subscriptions', label: t('my.subscriptions.title') }],
    lead: sellerText(subscription, frame),
    badge: subscriptionBadge(subscription, frame),
    next: nextChargeText(subscription, frame),
    facts: subscriptionFacts(subscription, frame),
    cancelHref: cancel && can('subscriptions:cancel') ? `${subscriptionHref(id)}/cancel` : undefined,
    months: months.length > 0 ? monthTable(months, frame) : undefined,
  };
}

function subscriptionFacts(subscription: SubscriptionDetails, { t, format }: ViewFrame): FactView[] {
  const { amountMinor, chargeDay, joinedOn, leftOn, person, isHolder } = subscription;
  const day = chargeDay > 28 ? t('my.subscription.day-end') : t('my.subscription.day', { day: chargeDay });
  return [
    {
      label: t('my.subscription.price'),
      text: t('my.per-month-taxed', { amount: format.money(amountMinor) }),
    },
    { label: t('my.subscription.charge-day'), text: day },
    ...(joinedOn === null ? [] : [{ label: t('my.subscription.since'), text: format.date(joinedOn) }]),
    ...(leftOn === null ? [] : [{ label: t('my.subscription.left-on'), text: format.date(leftOn) }]),
    ...(isHolder && person ? [{ label: t('my.who'), text: person.displayName }] : []),
    { label: t('my.subscription.number'), text: subscriptionHref(subscription.id).split('/').at(-1)! },
  ];
}

function monthTable(months: SubscriptionDetails['months'], { t, format }: ViewFrame): MonthTable {
  return {
    caption: t('my.subscription.history'),
    columns: [
      { label: t('my.column.month') },
      { label: t('my.column.charged-on') },
      { label: t('my.column.amount'), isNumber: true },
    ],
    rows: months.map(({ month, outcome, chargeId, capturedMinor, refundedMinor, businessDate }) => [
      { text: format.month(month), ...(chargeId !== null && { href: purchaseHref(chargeId) }) },
      { text: businessDate === null ? '–' : format.date(businessDate) },
      {
        text:
          capturedMinor === null
            ? t(`my.outcome.${outcome === 'free' ? 'free' : 'refused'}`)
            : [
                format.money(capturedMinor),
                ...(refundedMinor === 0n
                  ? []
                  : [t('my.refund.note', { amount: format.money(refundedMinor) })]),
              ].join(t('my.dot')),
      },
    ]),
  };
}
