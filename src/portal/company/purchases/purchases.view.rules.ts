import type { ChargeSums, ListedCharge } from '../../../charges/company-charges.queries.ts';
import { MAX_CHARGE_DAYS } from '../../../charges/company-charges.rules.ts';
import type { OwnService } from '../../../companies/own-company.queries.ts';
import type { FilterView, LinkView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { chargeBadge, chargeHref, nameIn } from '../company-links.rules.ts';
import type { ListView } from '../list.types.ts';
import {
  chargeKinds,
  chargeStates,
  purchasesHref,
  type ChosenPurchases,
  type PurchasesQuery,
} from './purchases-query.rules.ts';

interface LoadedPurchases {
  readonly query: PurchasesQuery;
  readonly chosen: ChosenPurchases;
  /** Undefined where they were not found in time. */
  readonly rows: readonly ListedCharge[] | undefined;
  readonly hasMore: boolean;
  readonly sums: ChargeSums | undefined;
  readonly services: readonly OwnService[];
}

/** The list of purchases with its filter, and the totals of all that match. */
export function purchasesView(loaded: LoadedPurchases, frame: ViewFrame): ListView {
  const { query, chosen, rows = [], hasMore, sums } = loaded;
  const { t, format } = frame;
  const last = rows.at(-1);
  return {
    title: t('company.purchases.title'),
    lead: chosen.name
      ? t('company.purchases.lead-name')
      : t('company.purchases.lead', {
          from: format.date(chosen.wanted.from),
          through: format.date(chosen.wanted.through),
        }),
    banners: bannersOf(loaded, frame),
    filter: filterOf(loaded, frame),
    table: tableOf(rows, { sums, isByName: chosen.name !== undefined }, frame),
    pager: {
      first: query.after === undefined ? undefined : purchasesHref(query),
      next: hasMore && last ? purchasesHref(query, { after: last.id }) : undefined,
    },
  };
}

function bannersOf(
  { chosen: { fault }, rows }: LoadedPurchases,
  { t }: ViewFrame,
): NonNullable<ListView['banners']> {
  if (fault !== undefined)
    return [{ tone: 'warn', text: t(`company.purchases.fault-${fault}`, { days: MAX_CHARGE_DAYS }) }];
  return rows === undefined ? [{ tone: 'warn', text: t('company.purchases.too-many') }] : [];
}

function filterOf(
  { query, chosen, sums, services, rows = [] }: LoadedPurchases,
  frame: ViewFrame,
): FilterView {
  const { t, format } = frame;
  const any = { value: '', label: t('company.any') };
  const { wanted, name } = chosen;
  return {
    action: '/company/purchases',
    fields: [
      { name: 'q', label: t('company.purchases.q'), value: query.q ?? '' },
      { name: 'item', label: t('company.purchases.item'), value: query.item ?? '' },
      {
        name: 'state',
        label: t('company.charge.state'),
        value: wanted.state ?? '',
        options: [
          any,
          ...chargeStates.map((value) => ({ value, label: t(`company.charge.state.${value}`) })),
        ],
      },
      {
        name: 'kind',
        label: t('company.charge.kind'),
        value: wanted.kind ?? '',
        options: [any, ...chargeKinds.map((value) => ({ value, label: t(`company.charge.kind.${value}`) }))],
      },
      {
        name: 'service',
        label: t('company.charge.service'),
        value: wanted.serviceCode ?? '',
        options: [any, ...services.map((one) => ({ value: one.code, label: nameIn(one, frame) }))],
      },
      { name: 'from', label: t('company.purchases.from'), value: query.from ?? '', type: 'date' },
      { name: 'through', label: t('company.purchases.through'), value: query.through ?? '', type: 'date' },
      { name: 'least', label: t('company.purchases.least'), value: query.least ?? '', inputmode: 'numeric' },
      { name: 'most', label: t('company.purchases.most'), value: query.most ?? '', inputmode: 'numeric' },
    ],
    active: activeOf(query, { chosen, services }, frame),
    clearHref: '/company/purchases',
    found: name
      ? t('company.purchases.found', { count: format.count(rows.length) })
      : sums
        ? t('company.purchases.found', { count: format.count(sums.count) })
        : t('company.purchases.uncounted'),
    // What cannot be read is said on the page; a file has no place for it.
    ...(!name &&
      chosen.fault === undefined && {
        download: {
          href: purchasesHref(query, {}, '/company/purchases.csv'),
          label: t('company.csv'),
        },
      }),
  };
}

interface Known {
  readonly chosen: ChosenPurchases;
  readonly services: readonly OwnService[];
}

/** Each condition in words, with the address without it. */
function activeOf(query: PurchasesQuery, { chosen, services }: Known, frame: ViewFrame): LinkView[] {
  const { t, format } = frame;
  const { name, wanted } = chosen;
  const service = services.find(({ code }) => code === wanted.serviceCode);
  const words: readonly (readonly [keyof PurchasesQuery, string | undefined])[] = [
    ['q', name && name.reference],
    ['item', wanted.item],
    ['state', wanted.state && t(`company.charge.state.${wanted.state}`)],
    ['kind', wanted.kind && t(`company.charge.kind.${wanted.kind}`)],
    ['service', service ? nameIn(service, frame) : wanted.serviceCode],
    [
      'least',
      wanted.atLeastMinor === undefined
        ? undefined
        : t('company.purchases.at-least', { amount: format.money(wanted.atLeastMinor) }),
    ],
    [
      'most',
      wanted.atMostMinor === undefined
        ? undefined
        : t('company.purchases.at-most', { amount: format.money(wanted.atMostMinor) }),
    ],
  ];
  return words.flatMap(([key, label]) =>
    label === undefined ? [] : [{ href: purchasesHref(query, { [key]: undefined }), label }],
  );
}

interface Footed {
  readonly sums: ChargeSums | undefined;
  readonly isByName: boolean;
}

function tableOf(rows: readonly ListedCharge[], { sums, isByName }: Footed, frame: ViewFrame): TableView {
  const { t, format, language } = frame;
  return {
    caption: t('company.purchases.title'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('company.charge.item'), isLong: true },
      { label: t('company.charge.requested') },
      { label: t('company.charge.service') },
      { label: t('company.charge.kind') },
      { label: t('company.charge.state') },
      { label: t('company.charge.amount'), isNumber: true },
      { label: t('company.charge.refunded'), isNumber: true },
    ],
    rows: rows.map((row) => ({
      cells: [
        {
          text: row.description,
          href: chargeHref(row.id),
          ...(row.reference !== null && { note: row.reference }),
        },
        format.dateTime(row.createdAt),
        language === 'ja' ? row.service : row.serviceEn,
        t(`company.charge.kind.${row.kind}`),
        { badge: chargeBadge(row.state, frame) },
        format.money(row.capturedMinor ?? row.amountMinor),
        row.refundedMinor === 0n ? '' : format.money(row.refundedMinor),
      ],
    })),
    ...(sums && {
      foot: [
        t('company.purchases.total'),
        '',
        '',
        '',
        t('company.purchases.captured', { count: format.count(sums.capturedCount) }),
        format.money(sums.capturedMinor),
        format.money(sums.refundedMinor),
      ],
    }),
    empty: {
      title: t('company.purchases.none'),
      text: t(isByName ? 'company.purchases.none-name' : 'company.purchases.none-text'),
    },
  };
}
