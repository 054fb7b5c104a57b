import type { DocumentFilter } from '../../../records/document-filter.rules.ts';
import type { FilterView, TabsView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

/** What the address of a search of documents says. An amount that is none is as if it were not there. */
export const documentQuery = {
  type: 'object',
  properties: {
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
    min: { type: 'string', maxLength: 20 },
    max: { type: 'string', maxLength: 20 },
    party: { type: 'string', maxLength: 120 },
    after: { type: 'string', maxLength: 90 },
  },
  additionalProperties: false,
} as const;

export type DocumentQuery = { readonly [Name in keyof typeof documentQuery.properties]?: string | undefined };

/** The kinds of documents, and where each is searched. */
export const documentPaths = {
  statements: '/billing/records',
  invoices: '/billing/records/invoices',
  'payout-files': '/billing/records/payout-files',
} as const;

export type DocumentKind = keyof typeof documentPaths;

const permissions = {
  statements: 'settlements:read',
  invoices: 'buyers:read',
  'payout-files': 'payouts:read',
} as const;

/** The search that an address asks for. */
export function readDocuments({ min, max, ...query }: DocumentQuery): DocumentFilter {
  return { ...query, minMinor: readAmount(min), maxMinor: readAmount(max) };
}

function readAmount(typed: string | undefined): bigint | undefined {
  const text = (typed ?? '').normalize('NFKC').replaceAll(/[\s,、¥\\円]/g, '');
  return /^\d{1,15}$/.test(text) ? BigInt(text) : undefined;
}

/** The address of a search, with changes; other conditions begin at the first page. */
export function documentsHref(
  kind: DocumentKind,
  { after: _after, ...query }: DocumentQuery,
  changes: DocumentQuery = {},
): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) if (value) words.set(name, value);
  return words.size === 0 ? documentPaths[kind] : `${documentPaths[kind]}?${words.toString()}`;
}

/** The kinds that the person may search, with the conditions that were typed. */
export function documentTabs(current: DocumentKind, query: DocumentQuery, { t, can }: ViewFrame): TabsView {
  const kinds = (Object.keys(documentPaths) as DocumentKind[]).filter((kind) => can(permissions[kind]));
  return {
    label: t('billing.records.kinds'),
    tabs: kinds.map((kind) => ({
      href: documentsHref(kind, query),
      label: t(`billing.records.kind.${kind}`),
      isCurrent: kind === current,
    })),
  };
}

/** By whom documents of a kind are searched: by holders' names only for those who read them without asking. */
const partyOf = (kind: DocumentKind, can: ViewFrame['can']) =>
  kind === 'invoices' && !can('holder-names:read') ? 'line-invoices' : kind;

/** The conditions as fields, and in words those that hold. */
export function documentFilter(
  kind: DocumentKind,
  { query, found }: { readonly query: DocumentQuery; readonly found: string },
  { t, format, can }: ViewFrame,
): FilterView {
  const { minMinor, maxMinor } = readDocuments(query);
  const { from, to, party } = query;
  const without = (name: keyof DocumentQuery) => documentsHref(kind, query, { [name]: undefined });
  const chip = (name: keyof DocumentQuery, label: string | undefined) =>
    label === undefined ? [] : [{ href: without(name), label }];
  return {
    action: documentPaths[kind],
    fields: [
      { name: 'from', label: t('billing.records.from'), value: from ?? '', type: 'date' },
      { name: 'to', label: t('billing.records.to'), value: to ?? '', type: 'date' },
      { name: 'min', label: t('billing.records.min'), value: query.min ?? '', inputmode: 'numeric' },
      { name: 'max', label: t('billing.records.max'), value: query.max ?? '', inputmode: 'numeric' },
      {
        name: 'party',
        label: t(`billing.records.party.${partyOf(kind, can)}`),
        hint: t(`billing.records.party-hint.${partyOf(kind, can)}`),
        value: party ?? '',
      },
    ],
    active: [
      ...chip('from', from && t('billing.records.from-date', { date: format.date(from) })),
      ...chip('to', to && t('billing.records.to-date', { date: format.date(to) })),
      ...chip(
        'min',
        minMinor === undefined
          ? undefined
          : t('billing.records.from-amount', { amount: format.money(minMinor) }),
      ),
      ...chip(
        'max',
        maxMinor === undefined
          ? undefined
          : t('billing.records.to-amount', { amount: format.money(maxMinor) }),
      ),
      ...chip('party', party && t('billing.records.with-party', { party })),
    ],
    clearHref: documentPaths[kind],
    found,
  };
}
