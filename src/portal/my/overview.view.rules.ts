import type { FormerTenure } from '../../access/actor.ts';
import type { InvoiceList, InvoiceOfLine } from '../../purchases/invoices-of-line.queries.ts';
import type { OwnPaymentRequest } from '../../payment-requests/own-payment-requests.queries.ts';
import type { MonthSoFar } from '../../purchases/month-so-far.queries.ts';
import type { PurchaseList } from '../../purchases/purchase.queries.ts';
import type { SubscriptionOfLine } from '../../purchases/subscriptions-of-line.queries.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { purchaseRow, type EmptyView, type FactView, type RowView } from './my-parts.rules.ts';
import { requestRow } from './requests.view.rules.ts';
import { roomView, type RoomView } from './room.view.rules.ts';
import { subscriptionRow } from './subscriptions.view.rules.ts';

export interface OverviewData {
  /** Of people whose tenure has ended, who have no month. */
  readonly former: FormerTenure | undefined;
  readonly month: MonthSoFar | undefined;
  readonly newest: PurchaseList;
  readonly requests: readonly OwnPaymentRequest[];
  readonly invoices: InvoiceList;
  readonly subscriptions: readonly SubscriptionOfLine[];
}

export interface OverviewView extends PageView {
  readonly lead: string;
  readonly month: MonthView | undefined;
  readonly room: RoomView | undefined;
  /** Payment requests that wait for an answer. */
  readonly requests: readonly RowView[];
  readonly purchases: readonly RowView[];
  readonly noPurchases: EmptyView;
  readonly subscriptions: readonly RowView[];
  readonly noSubscriptions: EmptyView;
  readonly invoice: RowView | undefined;
}

interface MonthView {
  readonly label: string;
  readonly total: string;
  readonly due: string;
  readonly parts: readonly FactView[];
  readonly people: readonly RowView[];
}

/** The first page: what this month has come to, what is left, what is paid every month, and the last invoice. */
export function overviewView(
  { former, month, newest, requests, invoices, subscriptions }: OverviewData,
  frame: ViewFrame,
): OverviewView {
  const { t } = frame;
  const last = invoices.invoices.find((invoice) => invoice.period.state === 'closed');
  return {
    title: t(former ? 'my.overview.title-former' : 'my.overview.title'),
    lead: former ? formerText(former, frame) : leadText(newest, frame),
    month: month && monthView(month, frame),
    room: month && roomView(month, frame),
    requests: requests
      .filter(({ state }) => state === 'pending')
      .map((request) => requestRow(request, frame)),
    purchases: newest.purchases.map((purchase) => purchaseRow(purchase, frame, newest)),
    noPurchases: { title: t('my.overview.no-purchases'), text: t('my.overview.no-purchases-text') },
    subscriptions: subscriptions
      .filter(({ state }) => former !== undefined || state !== 'ended')
      .map((subscription) => subscriptionRow(subscription, frame, newest)),
    noSubscriptions: {
      title: t('my.overview.no-subscriptions'),
      text: t('my.overview.no-subscriptions-text'),
    },
    invoice: last && invoiceRow(last, frame),
  };
}

const leadText = ({ isHolder }: PurchaseList, { t }: ViewFrame): string =>
  t(isHolder ? 'my.overview.lead-holder' : 'my.overview.lead-person');

const formerText = ({ heldThrough, readsThrough }: FormerTenure, { t, format }: ViewFrame): string =>
  t('my.overview.lead-former', { held: format.date(heldThrough), through: format.date(readsThrough) });

function monthView(month: MonthSoFar, frame: ViewFrame): MonthView {
  const { t, format } = frame;
  const { period } = month;
  return {
    label: t('my.overview.month', { from: format.day(period.startsOn), to: format.day(period.closesOn) }),
    total: format.money(month.totals.sumMinor),
    due: t('my.overview.due', { closes: format.date(period.closesOn), due: format.date(period.dueOn) }),
    parts: monthParts(month, frame),
    people: month.isHolder && month.people.length > 1 ? peopleRows(month, frame) : [],
  };
}

function monthParts({ totals }: MonthSoFar, { t, format }: ViewFrame): FactView[] {
  const parts = [
    ['my.part.on-invoice', totals.onInvoice],
    ['my.part.waiting', totals.waiting],
    ['my.part.reserved', totals.reserved],
  ] as const;
  const refunded = { ...totals.refunded, minor: -totals.refunded.minor };
  return [...parts, ['my.part.refunded', refunded] as const].flatMap(([label, { count, minor }]) =>
    count === 0
      ? []
      : [{ label: t(label), text: t('my.sum', { count: format.count(count), sum: format.money(minor) }) }],
  );
}

function peopleRows({ people }: MonthSoFar, { t, format }: ViewFrame): RowView[] {
  return people.map(({ person, booked, reserved, refunded }) => ({
    title: person.displayName,
    figure: format.money(booked.minor - refunded.minor),
    href: `/my/purchases?person=${person.id}`,
    notes: [
      t('my.person-note', { id: person.issuedId, count: format.count(booked.count) }),
      ...(reserved.count > 0 ? [t('my.person-reserved', { sum: format.money(reserved.minor) })] : []),
      ...(refunded.count > 0 ? [t('my.refund.note', { amount: format.money(refunded.minor) })] : []),
    ],
  }));
}

/** An invoice as a row. */
export function invoiceRow({ period, total, number }: InvoiceOfLine, frame: ViewFrame): RowView {
  const { t, format } = frame;
  const state = period.state === 'closed' ? 'issued' : period.state;
  return {
    href: `/my/invoices/${period.period}`,
    title: t('my.invoice.of', { month: format.month(period.period) }),
    figure: format.money(total.minor),
    notes: [
      t('my.invoice.days', { from: format.day(period.startsOn), to: format.day(period.closesOn) }),
      total.minor < 0n
        ? t('my.invoice.credit-note')
        : t('my.invoice.due', { due: format.date(period.dueOn) }),
      ...(number === null ? [] : [t('my.invoice.number', { number })]),
    ],
    badge: { tone: state === 'issued' ? 'good' : 'plain', text: t(`my.invoice.state.${state}`) },
  };
}
