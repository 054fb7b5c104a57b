import type { OwnPaymentRequest } from '../../payment-requests/own-payment-requests.queries.ts';
import type { PaymentRequestState } from '../../payment-requests/payment-request.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { LiveFrame } from '../kit/define-live.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { ConfirmView } from './cancel-subscription.view.rules.ts';
import { ruleHref } from './limits.view.rules.ts';
import {
  purchaseHref,
  sellerText,
  type BadgeView,
  type CrumbView,
  type EmptyView,
  type FactView,
  type RowView,
} from './my-parts.rules.ts';
import type { LoadedOwnRequest } from './requests.pages.ts';

/** The address of a payment request. */
export const requestHref = (id: string): string => `/my/payment-requests/${publicId('payment-request', id)}`;

const TONES: Readonly<Record<PaymentRequestState, BadgeView['tone']>> = {
  pending: 'warn',
  confirmed: 'good',
  declined: 'plain',
  withdrawn: 'plain',
  expired: 'plain',
};

const badgeOf = (state: PaymentRequestState, { t }: LiveFrame): BadgeView => ({
  tone: TONES[state],
  text: t(`my.request.state.${state}`),
});

export interface OwnRequestsView extends PageView {
  readonly lead: string;
  readonly waiting: readonly RowView[];
  readonly others: readonly RowView[];
  readonly empty: EmptyView;
}

/** A request as a row of a list. */
export function requestRow(request: OwnPaymentRequest, frame: ViewFrame): RowView {
  const { t, format } = frame;
  const { id, state, description, amountMinor, createdAt, openUntil } = request;
  const until = state === 'pending' ? openUntil : null;
  return {
    href: requestHref(id),
    title: description,
    figure: format.money(amountMinor),
    notes: [
      sellerText(request, frame),
      until === null
        ? t('my.request.received', { at: format.dateTime(createdAt) })
        : t('my.request.until', { until: format.dateTime(until) }),
    ],
    badge: badgeOf(state, frame),
  };
}

/** What waits for the person first, then what is over. */
export function ownRequestsView(
  { requests }: { readonly requests: readonly OwnPaymentRequest[] },
  frame: ViewFrame,
): OwnRequestsView {
  const { t } = frame;
  const rows = (isWaiting: boolean) =>
    requests
      .filter(({ state }) => (state === 'pending') === isWaiting)
      .map((request) => requestRow(request, frame));
  return {
    title: t('my.requests.title'),
    lead: t('my.requests.lead'),
    waiting: rows(true),
    others: rows(false),
    empty: { title: t('my.requests.empty'), text: t('my.requests.empty-text') },
  };
}

/** What changes while the page is open (`my/payment-request-state`). */
export interface OwnRequestStateView {
  readonly badge: BadgeView;
  readonly sentence: string;
  readonly payHref: string | undefined;
  readonly declineHref: string | undefined;
  readonly purchaseHref: string | undefined;
}

/** The state of a request and what the person can do. */
export function ownRequestState(
  { request, payHref }: LoadedOwnRequest,
  frame: LiveFrame,
): OwnRequestStateView {
  const { t, format } = frame;
  const { id, state, openUntil, endedAt, chargeId, paidBy } = request;
  const isOpen = state === 'pending';
  return {
    badge: badgeOf(state, frame),
    sentence: t(
      `my.request.sentence.${state === 'confirmed' && paidBy === null ? 'confirmed-by-other' : state}`,
      {
        at: endedAt === null ? '' : format.dateTime(endedAt),
        until: openUntil === null ? '' : format.dateTime(openUntil),
        who: paidBy ?? '',
      },
    ),
    payHref: isOpen ? payHref : undefined,
    declineHref: isOpen ? `${requestHref(id)}/decline` : undefined,
    purchaseHref: chargeId === null ? undefined : purchaseHref(chargeId),
  };
}

/** The page of a request (`my/payment-request`). */
export interface OwnRequestView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly figure: string;
  readonly state: OwnRequestStateView;
  readonly live: string | undefined;
  readonly facts: readonly FactView[];
  readonly blockHref: string | undefined;
}

/** One request: how much, for what, to whom, until when, and the ways to answer. */
export function ownRequestView(
  loaded: LoadedOwnRequest & { readonly who: number | null },
  frame: ViewFrame,
): OwnRequestView {
  const { t, format, can } = frame;
  const { request, who } = loaded;
  const { id, state, description, amountMinor, createdAt, companyId } = request;
  const isOpen = state === 'pending';
  const block = { kind: 'block', subscriberId: who, companyId, serviceId: null } as const;
  return {
    title: description,
    crumbs: [{ href: '/my/payment-requests', label: t('my.requests.title') }],
    lead: sellerText(request, frame),
    figure: format.money(amountMinor),
    ...(isOpen && { isLive: true }),
    live: isOpen ? `/my/live/payment-requests/${publicId('payment-request', id)}` : undefined,
    state: ownRequestState(loaded, frame),
    facts: [
      { label: t('my.request.purpose'), text: description },
      { label: t('my.request.seller'), text: frame.language === 'ja' ? request.company : request.companyEn },
      { label: t('my.request.service'), text: frame.language === 'ja' ? request.service : request.serviceEn },
      { label: t('my.request.at'), text: format.dateTime(createdAt) },
      { label: t('my.request.number'), text: publicId('payment-request', id) },
    ],
    blockHref: can('limits:restrict') ? ruleHref(block, 'on') : undefined,
  };
}

/** Asks before a request is declined (`my/confirm`). */
export interface DeclineRequestView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly confirm: ConfirmView | undefined;
  readonly nothing: string;
}

export function declineRequestView({ request }: LoadedOwnRequest, frame: ViewFrame): DeclineRequestView {
  const { t, format } = frame;
  const { id, state, description, amountMinor } = request;
  return {
    title: t('my.request.decline-title'),
    crumbs: [
      { href: '/my/payment-requests', label: t('my.requests.title') },
      { href: requestHref(id), label: description },
    ],
    confirm:
      state === 'pending'
        ? {
            title: t('my.request.decline-question'),
            texts: [t('my.request.decline-text')],
            facts: [
              { label: t('my.request.seller'), text: sellerText(request, frame) },
              { label: t('my.request.amount'), text: format.money(amountMinor) },
            ],
            action: `${requestHref(id)}/decline`,
            label: t('my.request.decline'),
            back: requestHref(id),
            isDanger: false,
          }
        : undefined,
    nothing: t('my.request.nothing'),
  };
}
