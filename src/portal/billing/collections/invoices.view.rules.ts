import type { InvoiceState } from '../../../collections/invoice-states.queries.ts';
import type { CollectionState } from '../../../collections/collection-state.rules.ts';
import { CLOSING_GROUPS, writeClosingGroup } from '../../../shared/calendar.rules.ts';
import type { FilterView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import {
  COLLECTIONS,
  collectionTabs,
  groupText,
  invoiceHref,
  stateBadge,
  withQuery,
} from './collection-parts.rules.ts';

export const INVOICES_ON_PAGE = 100;

interface Query {
  readonly period?: string;
  readonly group?: string;
  readonly state?: CollectionState;
  readonly after?: string;
}

interface Invoices {
  readonly invoices: readonly InvoiceState[];
  readonly query: Query;
}

const states = ['billed', 'pending', 'collected', 'partial', 'uncollected'] as const;

/** Invoices in the order of their numbers, with how far each is collected. */
export function invoicesView({ invoices, query }: Invoices, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const shown = invoices.slice(0, INVOICES_ON_PAGE);
  const { after, ...filter } = query;
  return {
    title: t('billing.collections.invoices.title'),
    parts: collectionTabs(t, 'invoices'),
    filter: filterOf(query, shown.length, frame),
    sections: [
      {
        id: 'invoices',
        title: t('billing.collections.tab.invoices'),
        table: {
          caption: t('billing.collections.invoices.title'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.collections.column.invoice') },
            { label: t('billing.collections.column.line'), isLess: true },
            { label: t('billing.collections.column.state') },
            { label: t('billing.collections.column.changed-on'), isLess: true },
            { label: t('billing.collections.column.total'), isNumber: true },
            { label: t('billing.collections.column.collected'), isNumber: true },
            { label: t('billing.collections.column.uncollected'), isNumber: true },
          ],
          rows: shown.map((invoice) => ({
            cells: [
              { text: invoice.number, href: invoiceHref(invoice.number) },
              invoice.lineId,
              { badge: stateBadge(t, invoice.state) },
              invoice.changedOn === null ? '' : format.date(invoice.changedOn),
              format.money(invoice.totalMinor),
              format.money(invoice.collectedMinor),
              format.money(invoice.uncollectedMinor),
            ],
          })),
          empty: {
            title: t('billing.collections.invoices.none'),
            text: '',
            href: COLLECTIONS,
            label: t('kit.filter.clear'),
          },
        },
      },
    ],
    pager: {
      ...(after !== undefined && { first: withQuery(COLLECTIONS, filter) }),
      ...(invoices.length > INVOICES_ON_PAGE && {
        next: withQuery(COLLECTIONS, { ...filter, after: shown.at(-1)!.number }),
      }),
    },
  };
}

function filterOf({ period, group, state }: Query, count: number, { t, format }: ViewFrame): FilterView {
  const all = { value: '', label: t('billing.collections.all') };
  const own = CLOSING_GROUPS.find((candidate) => String(writeClosingGroup(candidate)) === group);
  return {
    action: COLLECTIONS,
    fields: [
      { name: 'period', label: t('billing.collections.column.period'), type: 'month', value: period ?? '' },
      {
        name: 'group',
        label: t('billing.collections.column.group'),
        value: group ?? '',
        options: [
          all,
          ...CLOSING_GROUPS.map((each) => ({
            value: String(writeClosingGroup(each)),
            label: groupText(t, each),
          })),
        ],
      },
      {
        name: 'state',
        label: t('billing.collections.column.state'),
        value: state ?? '',
        options: [all, ...states.map((value) => ({ value, label: t(`billing.collections.state.${value}`) }))],
      },
    ],
    active: [
      ...(period === undefined
        ? []
        : [{ href: withQuery(COLLECTIONS, { group, state }), label: format.month(period) }]),
      ...(own === undefined
        ? []
        : [{ href: withQuery(COLLECTIONS, { period, state }), label: groupText(t, own) }]),
      ...(state === undefined
        ? []
        : [
            {
              href: withQuery(COLLECTIONS, { period, group }),
              label: t(`billing.collections.state.${state}`),
            },
          ]),
    ],
    clearHref: COLLECTIONS,
    found: t('billing.collections.invoices.found', { count: format.count(count) }),
  };
}
