import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { writePeriod } from '../pdf/document-format.ts';
import type { Row } from '../pdf/table.ts';
import { nameParties } from './invoice-block.ts';
import type { Drawing } from './layout.ts';
import { rateRow } from './sales-table.ts';
import { drawTableSection } from './section-table.ts';
import { formatAmount, formatCount, formatRange, formatTax } from './statement.format.ts';
import { byBank, clawbackKinds, columns, labels } from './wording.ts';

/**
 * What was given back, by the period of the charges, which is also the return invoice: parties, date of return, original period,
 * amount and tax of each rate (domain.md section 5). It is there whatever the amount.
 */
export function drawRefunds(drawing: Drawing): void {
  const { statement, layout } = drawing;
  const { refunds, refundRates, language } = statement;
  if (refunds.length === 0) return;
  const height = layout.rowHeight;
  const rows = refunds.map((refund): Row => ({
    height,
    cells: [
      {
        text: writePeriod(refund.originalPeriod, language) + (refund.way === 'bank' ? byBank[language] : ''),
      },
      { text: formatRange(refund.returnedFrom, refund.returnedTo, language), style: textStyles.small },
      { text: formatTax(refund) },
      { text: formatCount(refund.itemCount) },
      { text: formatAmount(refund.totalMinor) },
    ],
  }));
  const style = textStyles.strong;
  const total: Row = {
    height,
    overRule: true,
    tinted: true,
    cells: [
      { text: labels.total[language], style },
      { text: '' },
      { text: '' },
      { text: formatCount(refunds.reduce((sum, refund) => sum + refund.itemCount, 0)), style },
      { text: formatAmount(statement.refundedMinor), style },
      { text: formatAmount(refundRates.reduce((sum, rate) => sum + rate.taxMinor, 0n)), style },
    ],
  };
  drawTableSection(drawing, {
    title: labels.refunds,
    note: nameParties(statement),
    columns: [
      { label: columns.originalPeriod, width: 122, align: 'left' },
      { label: columns.returnedOn, width: 132, align: 'left' },
      { label: columns.taxRate, width: 46, align: 'right' },
      { label: columns.items, width: 44, align: 'right' },
      { label: columns.amount, width: 82, align: 'right' },
      { label: columns.includedTax, width: frame.width - 426, align: 'right' },
    ],
    rows,
    sums: [
      ...refundRates.map((rate, index) => rateRow(rate, { language, height, isFirst: index === 0 })),
      total,
    ],
  });
}

/** What lines did not pay and paid later, a line for each period of the charges. */
export function drawClawbacks(drawing: Drawing): void {
  const { statement, layout } = drawing;
  const { clawbacks, language } = statement;
  if (clawbacks.length === 0) return;
  const height = layout.rowHeight;
  const signed = clawbacks.map(({ kind, amountMinor }) => (kind === 'clawback' ? -amountMinor : amountMinor));
  const style = textStyles.strong;
  drawTableSection(drawing, {
    title: labels.clawbacks,
    columns: [
      { label: columns.originalPeriod, width: 150, align: 'left' },
      { label: columns.kind, width: 220, align: 'left' },
      { label: columns.yen, width: frame.width - 370, align: 'right' },
    ],
    rows: clawbacks.map(({ kind, originalPeriod }, index) => ({
      height,
      cells: [
        { text: writePeriod(originalPeriod, language) },
        { text: clawbackKinds[kind][language] },
        { text: formatAmount(signed[index] ?? 0n) },
      ],
    })),
    sums: [
      {
        height,
        overRule: true,
        tinted: true,
        cells: [
          { text: labels.total[language], style },
          { text: '' },
          { text: formatAmount(signed.reduce((sum, minor) => sum + minor, 0n)), style },
        ],
      },
    ],
  });
}
