import { paymentRequestStates } from '../../../payment-requests/payment-request.rules.ts';
import type { FilterView, LinkView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { requestHref } from '../company-links.rules.ts';
import type { ListView } from '../list.types.ts';
import { addresseeText, requestBadge } from './request-words.rules.ts';
import { requestsHref, type ChosenRequests, type RequestsQuery } from './requests-query.rules.ts';
import type { LoadedRequest } from './requests.pages.ts';

interface LoadedRequests {
  readonly query: RequestsQuery;
  readonly chosen: ChosenRequests;
  readonly rows: readonly LoadedRequest[];
  readonly hasMore: boolean;
}

/** The archive of payment requests with its search. */
export function requestsView(loaded: LoadedRequests, frame: ViewFrame): ListView {
  const { query, chosen, rows, hasMore } = loaded;
  const { t, can } = frame;
  const last = rows.at(-1);
  return {
    title: t('company.requests.title'),
    lead: t('company.requests.lead'),
    ...(can('payment-requests:write') && {
      actions: [{ href: '/company/payment-requests/new', label: t('company.request.new'), isPrimary: true }],
    }),
    ...(chosen.fault !== undefined && {
      banners: [{ tone: 'warn', text: t(`company.requests.fault-${chosen.fault}`) }],
    }),
    filter: filterOf(loaded, frame),
    table: tableOf(rows, frame),
    pager: {
      first: query.after === undefined ? undefined : requestsHref(query),
      next: hasMore && last ? requestsHref(query, { after: last.id }) : undefined,
    },
  };
}

function filterOf({ query, chosen, rows }: LoadedRequests, frame: ViewFrame): FilterView {
  const { t, format } = frame;
  return {
    action: '/company/payment-requests',
    fields: [
      { name: 'q', label: t('company.requests.q'), value: query.q ?? '' },
      { name: 'to', label: t('company.requests.to'), value: query.to ?? '' },
      {
        name: 'state',
        label: t('company.charge.state'),
        value: chosen.wanted.state ?? '',
        options: [
          { value: '', label: t('company.any') },
          ...paymentRequestStates.map((value) => ({ value, label: t(`company.request.state.${value}`) })),
        ],
      },
      { name: 'from', label: t('company.requests.from'), value: query.from ?? '', type: 'date' },
      { name: 'through', label: t('company.requests.through'), value: query.through ?? '', type: 'date' },
      { name: 'least', label: t('company.purchases.least'), value: query.least ?? '', inputmode: 'numeric' },
      { name: 'most', label: t('company.purchases.most'), value: query.most ?? '', inputmode: 'numeric' },
    ],
    active: activeOf(query, chosen, frame),
    clearHref: '/company/payment-requests',
    found: t('company.agreements.shown', { count: format.count(rows.length) }),
  };
}

/** Each condition in words, with the address without it. */
function activeOf(query: RequestsQuery, chosen: ChosenRequests, frame: ViewFrame): LinkView[] {
  const { t, format } = frame;
  const { state, atLeastMinor, atMostMinor, addressee } = chosen.wanted;
  const money = (
    key: 'company.purchases.at-least' | 'company.purchases.at-most',
    minor: bigint | undefined,
  ) => (minor === undefined ? undefined : t(key, { amount: format.money(minor) }));
  const words: readonly (readonly [keyof RequestsQuery, string | undefined])[] = [
    ['q', query.q?.trim() || undefined],
    ['to', addressee?.to],
    ['state', state && t(`company.request.state.${state}`)],
    ['least', money('company.purchases.at-least', atLeastMinor)],
    ['most', money('company.purchases.at-most', atMostMinor)],
  ];
  return words.flatMap(([key, label]) =>
    label === undefined ? [] : [{ href: requestsHref(query, { [key]: undefined }), label }],
  );
}

function tableOf(rows: readonly LoadedRequest[], frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('company.requests.title'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('company.request.purpose'), isLong: true },
      { label: t('company.request.addressee') },
      { label: t('company.request.created') },
      { label: t('company.charge.state') },
      { label: t('company.request.amount'), isNumber: true },
    ],
    rows: rows.map((row) => ({
      cells: [
        {
          text: row.description,
          href: requestHref(row.id),
          ...(row.reference != null && { note: row.reference }),
        },
        addresseeText(row, frame),
        format.dateTime(row.createdAt),
        { badge: requestBadge(row.state, frame) },
        format.money(row.amountMinor),
      ],
    })),
    empty: { title: t('company.requests.none'), text: t('company.requests.none-text') },
  };
}
