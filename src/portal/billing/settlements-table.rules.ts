import type {
  MonthSettlement,
  MonthState,
  MonthTotals,
} from '../../settlements/month-settlements.queries.ts';
import type { BadgeView, CellView, TableView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import { explainedCell } from './explain/explain-link.rules.ts';

const tones = {
  draft: 'plain',
  proposed: 'warn',
  rejected: 'bad',
  approved: 'good',
  held: 'warn',
  paid: 'good',
} as const satisfies Record<MonthState, BadgeView['tone']>;

/** The state of a settlement in words. */
export function settlementBadge(state: MonthState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: tones[state], text: t(`billing.settlements.state.${state}`) };
}

interface TableTerms {
  readonly caption: string;
  readonly totals?: MonthTotals;
  /** Stands under the number. */
  readonly note?: (row: MonthSettlement) => string;
  readonly empty?: TableView['empty'];
}

/** Settlements of a month beside the month before, with what differs much marked in words. */
export function settlementsTable(
  rows: readonly MonthSettlement[],
  frame: ViewFrame,
  { caption, totals, note, empty }: TableTerms,
): TableView {
  const { t, format, language } = frame;
  const number = (key: Parameters<typeof t>[0]) => ({ label: t(key), isNumber: true });
  const figure = (row: MonthSettlement, name: 'total' | 'carried-out' | 'payout', amount: bigint) =>
    explainedCell(format.money(amount), { of: 'settlement', number: row.number, figure: name }, frame);
  return {
    caption,
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.settlements.company'), isLong: true },
      { label: t('billing.settlements.number') },
      number('billing.settlements.total'),
      number('billing.settlements.change'),
      number('billing.settlements.fee'),
      number('billing.settlements.carried-out'),
      number('billing.settlements.payout'),
      { label: t('billing.settlements.state') },
    ],
    rows: rows.map((row) => ({
      cells: [
        {
          text: language === 'ja' ? row.name : row.nameEn,
          href: `/billing/settlements/${encodeURIComponent(row.number)}`,
        },
        { text: row.number, note: note?.(row) ?? '' },
        figure(row, 'total', row.totalMinor),
        changeCell(row, frame),
        format.money(row.feeMinor),
        figure(row, 'carried-out', row.carriedOutMinor),
        { ...figure(row, 'payout', row.payoutMinor), note: format.day(row.payoutOn) },
        { badge: settlementBadge(row.state, frame) },
      ],
    })),
    ...(totals && {
      foot: [
        t('billing.settlements.sum-of', { count: format.count(totals.count) }),
        '',
        format.money(totals.totalMinor),
        signed(totals.totalMinor - totals.beforeMinor, frame),
        format.money(totals.feeMinor),
        format.money(totals.carriedOutMinor),
        format.money(totals.payoutMinor),
        '',
      ],
    }),
    ...(empty && { empty }),
  };
}

/** `+12,000円` and the share; that it is a lot, or the first month, as a note. */
function changeCell(row: MonthSettlement, frame: ViewFrame): CellView {
  const { totalMinor, beforeMinor, isOutlier } = row;
  const { t } = frame;
  if (beforeMinor === null) return { text: '–', note: t('billing.settlements.first') };
  const change = totalMinor - beforeMinor;
  const share = percentText(change, beforeMinor);
  const text = share === '' ? signed(change, frame) : `${signed(change, frame)} (${share})`;
  return isOutlier ? { text, note: t('billing.settlements.outlier') } : text;
}

/** An amount with its sign: `+1,200円`, `-300円`, `±0円`. */
export function signed(amountMinor: bigint, { format }: Pick<ViewFrame, 'format'>): string {
  if (amountMinor === 0n) return `±${format.money(0n)}`;
  return `${amountMinor > 0n ? '+' : ''}${format.money(amountMinor)}`;
}

/** A change as a share of what it was, one decimal, cut off; empty where there was nothing. */
export function percentText(change: bigint, before: bigint): string {
  if (before === 0n) return '';
  const absolute = before < 0n ? -before : before;
  const tenths = (change * 1_000n) / absolute;
  const figure = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '-' : '+'}${figure / 10n}.${figure % 10n}%`;
}
