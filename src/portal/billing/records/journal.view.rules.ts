import type { JournalRange } from '../../../records/open-journal.ts';
import type { JournalSum } from '../../../records/journal.queries.ts';
import type { Cell } from '../../../shared/csv.ts';
import type { FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';

export interface JournalView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
}

interface Loaded {
  readonly range: JournalRange;
  readonly head: readonly string[];
  readonly rows: readonly (JournalSum & { readonly cells: readonly Cell[] })[];
}

/** The journal of a range as a file, and its last day to look at. */
export function journalView({ range, rows }: Loaded, frame: ViewFrame): JournalView {
  const { t, format } = frame;
  const { from, to } = range;
  const total = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const address = new URLSearchParams({ from, to }).toString();
  return {
    title: t('billing.journal.title'),
    lead: t('billing.journal.lead'),
    filter: {
      action: '/billing/journal',
      fields: [
        { name: 'from', label: t('billing.records.from'), value: from, type: 'date' },
        { name: 'to', label: t('billing.records.to'), value: to, type: 'date' },
      ],
      active: [],
      clearHref: '/billing/journal',
      found: t('billing.journal.range', { from: format.date(from), to: format.date(to) }),
      download: { href: `/billing/journal/csv?${address}`, label: t('billing.journal.csv') },
    },
    table: {
      caption: t('billing.journal.day', { date: format.date(to) }),
      isDense: true,
      isWide: true,
      columns: [
        { label: t('billing.journal.debit'), isLong: true },
        { label: t('billing.journal.credit'), isLong: true },
        { label: t('billing.journal.debit-amount'), isNumber: true },
        { label: t('billing.journal.credit-amount'), isNumber: true },
        { label: t('billing.journal.entries'), isNumber: true },
        { label: t('billing.journal.text'), isLong: true },
      ],
      rows: rows.map(({ cells, amountMinor, count }) => ({
        cells: [
          { text: `${textOf(cells[1])} ${textOf(cells[2])}`, note: textOf(cells[3]) },
          { text: `${textOf(cells[4])} ${textOf(cells[5])}`, note: textOf(cells[6]) },
          format.money(amountMinor),
          format.money(amountMinor),
          format.count(count),
          textOf(cells[10]),
        ],
      })),
      foot: [
        t('billing.records.sum'),
        '',
        format.money(total),
        format.money(total),
        format.count(rows.reduce((sum, { count }) => sum + count, 0)),
        '',
      ],
      empty: { title: t('billing.journal.none'), text: t('billing.journal.none-text') },
    },
  };
}

const textOf = (cell: Cell | undefined) => String(cell ?? '');
