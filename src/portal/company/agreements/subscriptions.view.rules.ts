import { effectiveState } from '../../../charges/effective-state.rules.ts';
import type { OwnService } from '../../../companies/own-company.queries.ts';
import { monthOf } from '../../../shared/calendar-date.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import { dueOfMonth, isFreeAsLast } from '../../../subscriptions/subscription.rules.ts';
import type { listSubscriptions } from '../../../subscriptions/subscription.queries.ts';
import type { StepView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { nameIn } from '../company-links.rules.ts';
import type { ListView } from '../list.types.ts';
import {
  agreementBadge,
  agreementFilter,
  agreementTabs,
  listHref,
  subscriptionHref,
  subscriptionStates,
  type AgreementsQuery,
  type AgreementState,
} from './agreement-words.rules.ts';
import type { LoadedSubscription } from './subscriptions.pages.ts';

interface LoadedSubscriptions {
  readonly query: AgreementsQuery;
  readonly state: AgreementState | undefined;
  readonly rows: Awaited<ReturnType<typeof listSubscriptions>>;
  readonly hasMore: boolean;
  readonly services: readonly OwnService[];
  readonly now: Date;
}

const PATH = '/company/subscriptions';

/** The list of subscriptions. */
export function subscriptionsView(loaded: LoadedSubscriptions, frame: ViewFrame): ListView {
  const { query, state, rows, hasMore, services, now } = loaded;
  const { t, format } = frame;
  const names = serviceNames(services, frame);
  const last = rows.at(-1);
  return {
    title: t('company.agreements.title'),
    parts: agreementTabs(frame, 'subscriptions'),
    filter: agreementFilter(
      { path: PATH, query, states: subscriptionStates, state, hasReference: true, count: rows.length },
      frame,
    ),
    table: {
      caption: t('company.agreements.part.subscriptions'),
      isCaptionUnseen: true,
      isDense: true,
      isWide: true,
      columns: [
        { label: t('company.charge.item'), isLong: true },
        { label: t('company.charge.service') },
        { label: t('company.charge.state') },
        { label: t('company.agreement.joined') },
        { label: t('company.agreement.next') },
        { label: t('company.agreement.monthly'), isNumber: true },
      ],
      rows: rows.map((row) => ({
        cells: [
          {
            text: row.description,
            href: subscriptionHref(row.id),
            ...(row.reference != null && { note: row.reference }),
          },
          names.get(row.serviceId) ?? '',
          { badge: agreementBadge(effectiveState(row, now), frame) },
          row.joinedOn == null ? '' : format.date(row.joinedOn),
          row.nextDueOn == null ? '' : format.date(row.nextDueOn),
          format.money(row.amountMinor),
        ],
      })),
      empty: { title: t('company.agreements.none'), text: t('company.agreements.none-text') },
    },
    pager: {
      first: query.after === undefined ? undefined : listHref(PATH, query),
      next: hasMore && last ? listHref(PATH, query, { after: last.id }) : undefined,
    },
  };
}

const serviceNames = (services: readonly OwnService[], frame: ViewFrame) =>
  new Map(services.map((service) => [service.id, nameIn(service, frame)]));

const isCancellable = (state: AgreementState) => state === 'active';

/** One subscription. */
export function subscriptionView(loaded: LoadedSubscription, frame: ViewFrame): SectionsView {
  const { subscription, state, services } = loaded;
  const { t, format, can } = frame;
  const { id, description, reference, itemCode, amountMinor, chargeDay } = subscription;
  const date = (value: string | null | undefined) => (value == null ? '' : format.date(value));
  return {
    title: description,
    crumbs: [{ href: PATH, label: t('company.agreements.part.subscriptions') }],
    headBadge: agreementBadge(state, frame),
    lead: t('company.agreement.lead', { amount: format.money(amountMinor) }),
    ...(isCancellable(state) &&
      can('subscriptions:cancel') && {
        actions: [{ href: subscriptionHref(id, 'cancel'), label: t('company.agreement.cancel') }],
      }),
    sections: [
      {
        id: 'subscription',
        title: t('company.agreement.title'),
        facts: [
          { label: t('company.charge.number'), text: publicId('subscription', id) },
          { label: t('company.charge.reference'), text: reference ?? '' },
          {
            label: t('company.charge.service'),
            text: serviceNames(services, frame).get(subscription.serviceId) ?? '',
          },
          { label: t('company.agreement.item-code'), text: itemCode },
          { label: t('company.agreement.monthly'), text: format.money(amountMinor) },
          {
            label: t('company.agreement.charge-day'),
            text: t('company.agreement.day', { day: chargeDay }),
          },
          {
            label: t('company.agreement.free'),
            text: freeText(subscription, frame),
          },
          {
            label: t('company.agreement.billed-through'),
            text: subscription.renewedThrough == null ? '' : format.month(subscription.renewedThrough),
          },
          { label: t('company.agreement.next'), text: date(subscription.nextDueOn) },
        ],
      },
      { id: 'timeline', title: t('company.charge.timeline'), timeline: timelineOf(loaded, frame) },
    ],
  };
}

function freeText(
  { firstMonthFree, lastMonthFree }: LoadedSubscription['subscription'],
  { t }: ViewFrame,
): string {
  const free = [
    ...(firstMonthFree ? [t('company.agreement.free-first')] : []),
    ...(lastMonthFree ? [t('company.agreement.free-last')] : []),
  ];
  return free.length === 0 ? t('company.agreement.free-none') : free.join(t('company.and'));
}

function timelineOf({ subscription }: LoadedSubscription, { t, format }: ViewFrame): StepView[] {
  const { createdAt, joinedAt, leftAt, leftOn } = subscription;
  const step = (at: Date, text: string): StepView => ({
    at: at.toISOString(),
    when: format.dateTime(at),
    text,
  });
  return [
    step(createdAt, t('company.agreement.step.created')),
    ...(joinedAt == null ? [] : [step(joinedAt, t('company.agreement.step.joined'))]),
    ...(leftAt == null
      ? []
      : [
          step(leftAt, t('company.agreement.step.left', { date: leftOn == null ? '' : format.date(leftOn) })),
        ]),
  ];
}

/**
 * What becomes of the current month when a subscription is cancelled today. Whether a free month was granted, or is left, depends on what
 * the line had before: the text leaves it open.
 */
function effectOfCancelling(
  { joinedOn, chargeDay, firstMonthFree, lastMonthFree, renewedThrough }: LoadedSubscription['subscription'],
  today: string,
): 'billed' | 'unbilled' | 'free-first' | 'free-last' {
  const month = monthOf(today);
  if (renewedThrough != null && renewedThrough >= month) return 'billed';
  if (joinedOn == null) return 'unbilled';
  const terms = { joinedOn, leftOn: today, chargeDay, firstMonthFree, lastMonthFree };
  const due = dueOfMonth({ ...terms, renewedThrough: renewedThrough ?? undefined }, month);
  if (due?.outcome !== 'free') return 'unbilled';
  return isFreeAsLast(terms, due) ? 'free-last' : 'free-first';
}

/** Asks before a subscription is cancelled. */
export function cancelSubscriptionView(
  { subscription, state, today }: LoadedSubscription,
  frame: ViewFrame,
): SectionsView {
  const { t, format } = frame;
  const { id, description, amountMinor } = subscription;
  return {
    title: t('company.agreement.cancel'),
    crumbs: [
      { href: PATH, label: t('company.agreements.part.subscriptions') },
      { href: subscriptionHref(id), label: description },
    ],
    headBadge: agreementBadge(state, frame),
    banners: isCancellable(state) ? [] : [{ tone: 'info', text: t('company.agreement.not-cancellable') }],
    sections: [],
    confirm: isCancellable(state)
      ? {
          title: t('company.agreement.cancel-question'),
          texts: [
            t(`company.agreement.cancel-${effectOfCancelling(subscription, today)}`, {
              month: format.month(monthOf(today)),
            }),
            t('company.agreement.cancel-text'),
          ],
          facts: [
            { label: t('company.charge.item'), text: description },
            { label: t('company.agreement.monthly'), text: format.money(amountMinor) },
          ],
          formName: 'company.cancel-subscription-form',
          action: subscriptionHref(id, 'cancel'),
          label: t('company.agreement.cancel'),
          back: subscriptionHref(id),
          isDanger: true,
        }
      : undefined,
  };
}
