import type { FoundCompanies, SearchCompanies } from '../../../companies/company-list.queries.ts';
import type { FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { stateBadge } from './company-frame.rules.ts';
import { companyHref, nameIn, valueWord } from './company-words.rules.ts';

const HERE = '/billing/companies';

export interface CompaniesView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface Loaded {
  readonly query: SearchCompanies;
  readonly found: FoundCompanies;
}

/** The list of companies. */
export function companiesView({ query, found }: Loaded, frame: ViewFrame): CompaniesView {
  const { t, can } = frame;
  const create = { href: `${HERE}/new`, label: t('billing.companies.create'), isPrimary: true };
  return {
    title: t('billing.companies.title'),
    ...(can('companies:write') && { actions: [create] }),
    filter: filterOf(query, found, frame),
    table: tableOf(query, found, frame),
    pager: {
      ...(query.after !== undefined && { first: addressOf({ ...query, after: undefined }) }),
      ...(found.next !== undefined && { next: addressOf({ ...query, after: found.next }) }),
    },
  };
}

function addressOf(query: SearchCompanies): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(given).toString();
  return text === '' ? HERE : `${HERE}?${text}`;
}

function filterOf({ text, state }: SearchCompanies, { count }: FoundCompanies, frame: ViewFrame): FilterView {
  const { t, format } = frame;
  const states = (['active', 'suspended'] as const).map((value) => ({ value, label: valueWord(value, t) }));
  return {
    action: HERE,
    fields: [
      {
        name: 'text',
        label: t('billing.companies.search'),
        value: text ?? '',
        hint: t('billing.companies.search-hint'),
      },
      {
        name: 'state',
        label: t('billing.companies.field.state'),
        value: state ?? '',
        options: [{ value: '', label: t('billing.companies.all') }, ...states],
      },
    ],
    active: [
      ...(text ? [{ href: addressOf({ state }), label: text }] : []),
      ...(state ? [{ href: addressOf({ text }), label: valueWord(state, t) }] : []),
    ],
    clearHref: HERE,
    found: t('billing.companies.found', { count: format.count(count) }),
  };
}

function tableOf(
  { text, state }: SearchCompanies,
  { companies }: FoundCompanies,
  frame: ViewFrame,
): TableView {
  const { t, format } = frame;
  const isFiltered = Boolean(text) || Boolean(state);
  return {
    caption: t('billing.companies.title'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.companies.company'), isLong: true },
      { label: t('billing.companies.field.code') },
      { label: t('billing.companies.field.registrationNumber') },
      { label: t('billing.companies.field.tariffCode') },
      { label: t('billing.companies.tab.services'), isNumber: true },
      { label: t('billing.companies.field.state') },
    ],
    rows: companies.map((company) => ({
      cells: [
        { text: nameIn(company, frame), href: companyHref(company.code) },
        company.code,
        company.registrationNumber ?? '',
        company.tariffCode ?? '',
        format.count(company.services),
        { badge: stateBadge(company.state, frame) },
      ],
    })),
    empty: isFiltered
      ? { title: t('billing.companies.none-found'), text: '', href: HERE, label: t('kit.filter.clear') }
      : { title: t('billing.companies.none'), text: t('billing.companies.none-text') },
  };
}
