import type { PurchaseList } from '../../purchases/purchase.queries.ts';
import type { listSellers } from '../../purchases/sellers.queries.ts';
import { monthOf } from '../../shared/calendar-date.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { purchaseRow, type EmptyView, type RowView } from './my-parts.rules.ts';
import { isSearching, type Search, type SearchQuery } from './purchase-search.rules.ts';

export interface PurchasesData {
  readonly list: PurchaseList;
  readonly sellers: Awaited<ReturnType<typeof listSellers>>;
  readonly query: SearchQuery;
  readonly search: Search;
}

interface OptionView {
  readonly value: string;
  readonly label: string;
}

/** A field of the search (`kit/field`). */
interface SearchFieldView {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly inputmode?: string;
  readonly suffix?: string;
  readonly options?: readonly OptionView[];
}

export interface PurchasesView extends PageView {
  readonly lead: string;
  readonly fields: readonly SearchFieldView[];
  /** What was typed and not understood, in the shape of a refused form. */
  readonly refused: SearchRefusal | undefined;
  readonly isSearching: boolean;
  /** The form is open: nothing was found, or something was not understood. */
  readonly isOpen: boolean;
  /** What was searched for, in words. */
  readonly conditions: readonly string[];
  /** By the month in which they were bought. */
  readonly months: readonly {
    readonly id: string;
    readonly title: string;
    readonly rows: readonly RowView[];
  }[];
  readonly empty: EmptyView;
  readonly pager: { readonly first: string | undefined; readonly next: string | undefined };
}

interface SearchRefusal {
  readonly name: 'my.search';
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly label: string; readonly message: string }[];
}

export function purchasesView(data: PurchasesData, frame: ViewFrame): PurchasesView {
  const { t } = frame;
  const { list, query, search } = data;
  const isFiltered = isSearching(search);
  return {
    title: t('my.purchases.title'),
    lead: t(list.isHolder ? 'my.purchases.lead-holder' : 'my.purchases.lead-person'),
    fields: searchFields(data, frame),
    refused: refusalOf(data, frame),
    isSearching: isFiltered,
    isOpen: search.faults.length > 0 || (isFiltered && list.purchases.length === 0),
    conditions: isFiltered ? conditionsOf(data, frame) : [],
    months: monthsOf(list, frame),
    empty: emptyView(isFiltered, frame),
    pager: {
      first: search.after === undefined ? undefined : hrefOf(query),
      next: list.next === undefined ? undefined : hrefOf(query, publicId('charge', list.next)),
    },
  };
}

/** Neighbours of one month together; the order stays. */
function monthsOf(list: PurchaseList, frame: ViewFrame): PurchasesView['months'] {
  const months: { id: string; title: string; rows: RowView[] }[] = [];
  for (const purchase of list.purchases) {
    const month = monthOf(purchase.date);
    const title = frame.format.month(month);
    if (months.at(-1)?.title !== title) months.push({ id: `month-${months.length}`, title, rows: [] });
    months.at(-1)!.rows.push(purchaseRow(purchase, frame, list));
  }
  return months;
}

function conditionsOf(
  { search, sellers, list }: PurchasesData,
  { t, format, language }: ViewFrame,
): string[] {
  const { text, company, personId, from, to, minMinor, maxMinor } = search.filter;
  const seller = sellers.find(({ code }) => code === company);
  const person = list.people.find(({ id }) => id === personId);
  return [
    ...(text === undefined ? [] : [t('my.search.by-text', { text })]),
    ...(seller ? [language === 'ja' ? seller.name : seller.nameEn] : []),
    ...(person ? [person.displayName] : []),
    ...(from === undefined ? [] : [t('my.search.by-from', { date: format.date(from) })]),
    ...(to === undefined ? [] : [t('my.search.by-to', { date: format.date(to) })]),
    ...(minMinor === undefined ? [] : [t('my.search.by-min', { amount: format.money(minMinor) })]),
    ...(maxMinor === undefined ? [] : [t('my.search.by-max', { amount: format.money(maxMinor) })]),
  ];
}

function emptyView(isFiltered: boolean, { t }: ViewFrame): EmptyView {
  return isFiltered
    ? {
        title: t('my.search.nothing'),
        text: t('my.search.nothing-text'),
        href: '/my/purchases',
        label: t('my.search.all'),
      }
    : { title: t('my.overview.no-purchases'), text: t('my.overview.no-purchases-text') };
}

function searchFields(
  { list, sellers, query }: PurchasesData,
  { t, language }: ViewFrame,
): SearchFieldView[] {
  const companies = sellers.map(({ code, name, nameEn }) => ({
    value: code,
    label: language === 'ja' ? name : nameEn,
  }));
  const people = list.people.map(({ id, displayName }) => ({ value: String(id), label: displayName }));
  const any = { value: '', label: t('my.search.any') };
  return [
    { name: 'text', label: t('my.search.text'), value: query.text ?? '' },
    {
      name: 'company',
      label: t('my.search.company'),
      value: query.company ?? '',
      options: [any, ...companies],
    },
    ...(people.length > 1
      ? [
          {
            name: 'person',
            label: t('my.search.person'),
            value: query.person ?? '',
            options: [any, ...people],
          },
        ]
      : []),
    { name: 'from', label: t('my.search.from'), value: query.from ?? '' },
    { name: 'to', label: t('my.search.to'), value: query.to ?? '' },
    { name: 'min', label: t('my.search.min'), value: query.min ?? '', inputmode: 'numeric' },
    { name: 'max', label: t('my.search.max'), value: query.max ?? '', inputmode: 'numeric' },
  ];
}

function refusalOf({ search, query }: PurchasesData, { t }: ViewFrame): SearchRefusal | undefined {
  if (search.faults.length === 0) return undefined;
  return {
    name: 'my.search',
    values: query,
    errors: search.faults.map(({ field, label, key, facts }) => ({
      field,
      label: t(label),
      message: t(key, facts),
    })),
  };
}

function hrefOf(query: SearchQuery, after?: string): string {
  const given = Object.entries(query).filter(([name, text]) => name !== 'after' && text !== '');
  const parameters = new URLSearchParams([
    ...given,
    ...(after === undefined ? [] : [['after', after] as [string, string]]),
  ]);
  return parameters.size === 0 ? '/my/purchases' : `/my/purchases?${parameters.toString()}`;
}
