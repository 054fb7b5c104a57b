import type { TenureRef } from '../../../personal-data/personal-data.queries.ts';
import type { FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { lineHref } from '../support-links.rules.ts';
import type { PartFilter, PartQuery } from './part-query.rules.ts';
import { withAmount, type PartName, type PartTable } from './part.types.ts';

export interface PartView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface Shown {
  readonly part: PartName;
  readonly tenure: TenureRef;
  readonly query: PartQuery;
  readonly filter: PartFilter;
  readonly next: string | undefined;
  readonly table: PartTable;
}

/** The address of a part of a line, of one of its tenures. */
export function partHref(
  part: PartName,
  { lineId, holderFrom }: TenureRef,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ tenure: holderFrom, ...more });
  return `/support/lines/${lineId}/${part}?${query.toString()}`;
}

/** One part of a line on a page of its own, filtered by date and amount where it has them. */
export function partView({ part, tenure, query, filter, next, table }: Shown, frame: ViewFrame): PartView {
  const { t } = frame;
  const kept = {
    ...(query.from && { from: query.from }),
    ...(query.to && { to: query.to }),
    ...(query.amount && { amount: query.amount }),
  };
  const title = t(`support.part.${part}`);
  return {
    title: `${title} · ${tenure.lineId}`,
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: lineHref(tenure.lineId, tenure.holderFrom), label: tenure.lineId },
    ],
    filter: filterOf({ part, tenure, query, filter }, frame),
    table: {
      caption: title,
      isCaptionUnseen: true,
      isDense: true,
      columns: table.columns,
      rows: table.rows.map((cells) => ({ cells })),
      empty: isFiltered(filter)
        ? {
            title: t('support.part.none-found'),
            text: t('support.part.none-found-text'),
            href: partHref(part, tenure),
            label: t('kit.filter.clear'),
          }
        : table.empty,
    },
    pager: {
      ...(filter.after !== undefined && { first: partHref(part, tenure, kept) }),
      ...(next !== undefined && { next: partHref(part, tenure, { ...kept, after: next }) }),
    },
  };
}

const isFiltered = ({ from, to, amountMinor }: PartFilter): boolean =>
  from !== undefined || to !== undefined || amountMinor !== undefined;

function filterOf(
  { part, tenure, query, filter }: Pick<Shown, 'part' | 'tenure' | 'query' | 'filter'>,
  { t, format }: ViewFrame,
): FilterView {
  const hint = t('support.part.filter-hint');
  const words = [
    filter.from !== undefined && t('support.part.filter-from', { date: format.date(filter.from) }),
    filter.to !== undefined && t('support.part.filter-to', { date: format.date(filter.to) }),
    withAmount.has(part) && filter.amountMinor !== undefined && format.money(filter.amountMinor),
  ].filter((word) => word !== false);
  return {
    action: `/support/lines/${tenure.lineId}/${part}`,
    kept: { tenure: tenure.holderFrom },
    fields: [
      { name: 'from', label: t('support.part.from'), value: query.from ?? '', hint },
      { name: 'to', label: t('support.part.to-date'), value: query.to ?? '' },
      ...(withAmount.has(part)
        ? [
            {
              name: 'amount',
              label: t('support.part.amount'),
              value: query.amount ?? '',
              inputmode: 'decimal',
            },
          ]
        : []),
    ],
    active: [],
    clearHref: partHref(part, tenure),
    found:
      filter.unread.length > 0
        ? t('support.part.unread', { what: filter.unread.join(t('support.and')) })
        : words.length > 0
          ? t('support.part.filtered', { what: words.join(t('support.and')) })
          : '',
  };
}
