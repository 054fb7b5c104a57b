import type { FoundLine, FoundLines } from '../../../lines/search-lines.queries.ts';
import type { FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { groupText } from '../../explain/figure-text.rules.ts';
import { FILES_HREF } from './line-files.view.rules.ts';
import { lineHref, statusBadge } from './line-words.rules.ts';

const HERE = '/billing/lines';

export interface LinesView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface Loaded {
  readonly text: string | undefined;
  readonly after: string | undefined;
  /** Undefined while nothing is searched. */
  readonly found: FoundLines | undefined;
}

/** The search of a line by its ID. */
export function linesView({ text, after, found }: Loaded, frame: ViewFrame): LinesView {
  const { t, format, can } = frame;
  const lines = found?.lines ?? [];
  const addressOf = (query: Record<string, string>) => `${HERE}?${new URLSearchParams(query).toString()}`;
  return {
    title: t('billing.lines.title'),
    lead: t('billing.lines.lead'),
    ...(can('lines:import') && { actions: [{ href: FILES_HREF, label: t('billing.lines.files') }] }),
    filter: {
      action: HERE,
      fields: [
        {
          name: 'line',
          label: t('billing.lines.id'),
          value: text ?? '',
          hint: t('billing.lines.id-hint'),
        },
      ],
      active: [],
      clearHref: HERE,
      found:
        found === undefined
          ? ''
          : t(found.next === undefined ? 'billing.lines.found' : 'billing.lines.found-more', {
              count: format.count(lines.length),
            }),
    },
    table: tableOf(lines, found !== undefined, frame),
    pager: {
      ...(after !== undefined && { first: addressOf({ line: text ?? '' }) }),
      ...(found?.next !== undefined && { next: addressOf({ line: text ?? '', after: found.next }) }),
    },
  };
}

function tableOf(lines: readonly FoundLine[], isSearched: boolean, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.lines.title'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.lines.id') },
      { label: t('billing.lines.state') },
      { label: t('billing.lines.group') },
      { label: t('billing.lines.product'), isLong: true },
      { label: t('billing.lines.since') },
    ],
    rows: lines.map(({ lineId, status, closingGroup, product, heldSince }) => ({
      cells: [
        { text: lineId, href: lineHref(lineId) },
        { badge: statusBadge(status, frame) },
        groupText(closingGroup, frame),
        product ?? '',
        heldSince === null ? '' : format.date(heldSince),
      ],
    })),
    empty: isSearched
      ? { title: t('billing.lines.none'), text: t('billing.lines.none-text') }
      : { title: t('billing.lines.search'), text: t('billing.lines.search-text') },
  };
}
