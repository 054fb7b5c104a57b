import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import type { Row } from '../pdf/table.ts';
import { formatPercent } from '../../src/shared/average.rules.ts';
import type { Locale } from '../../src/shared/money.ts';
import type { Drawing } from './layout.ts';
import { drawTableSection } from './section-table.ts';
import { formatAmount, formatCount, formatTax } from './statement.format.ts';
import type { Statement, StatementLine, StatementRateTotal } from './statement.types.ts';
import { columns, labels } from './wording.ts';

/** The billed amounts by service and tax rate, the tax included per rate, and the grand total. */
export function drawSalesTable(drawing: Drawing): void {
  const { statement, layout } = drawing;
  const { language, rateTotals } = statement;
  const height = layout.rowHeight;
  drawTableSection(drawing, {
    title: labels.sales,
    columns: [
      { label: columns.service, width: 186, align: 'left' },
      { label: columns.taxRate, width: 48, align: 'right' },
      { label: columns.lines, width: 52, align: 'right' },
      { label: columns.items, width: 52, align: 'right' },
      { label: columns.amount, width: 84, align: 'right' },
      { label: columns.includedTax, width: frame.width - 422, align: 'right' },
    ],
    rows: statement.settlementLines.map((line) => lineRow(line, height)),
    sums: [
      ...rateTotals.map((total, index) => rateRow(total, { language, height, isFirst: index === 0 })),
      totalRow(statement, height),
    ],
  });
}

function lineRow(line: StatementLine, height: number): Row {
  return {
    height,
    cells: [
      { text: line.serviceName },
      { text: formatTax(line) },
      { text: formatCount(line.lineCount) },
      { text: formatCount(line.itemCount) },
      { text: formatAmount(line.totalMinor) },
    ],
  };
}

/** The total of a rate and the tax in it, in the last two of six columns. */
export function rateRow(
  total: StatementRateTotal,
  { language, height, isFirst }: { language: Locale; height: number; isFirst: boolean },
): Row {
  return {
    height,
    overRule: isFirst,
    cells: [
      { text: rateName(total, language) },
      { text: '' },
      { text: '' },
      { text: '' },
      { text: formatAmount(total.totalMinor) },
      { text: formatAmount(total.taxMinor) },
    ],
  };
}

function rateName({ taxCode, taxRateBps }: StatementRateTotal, language: Locale): string {
  const rate = formatPercent(taxRateBps);
  if (language === 'en') return taxCode === 'reduced' ? `At ${rate} ※ (reduced rate)` : `At ${rate}`;
  return taxCode === 'reduced' ? `${rate}対象計（軽減税率）※` : `${rate}対象計`;
}

function totalRow(statement: Statement, height: number): Row {
  const style = textStyles.strong;
  const taxMinor = statement.rateTotals.reduce((sum, total) => sum + total.taxMinor, 0n);
  return {
    height,
    overRule: true,
    tinted: true,
    cells: [
      { text: labels.total[statement.language], style },
      { text: '' },
      { text: formatCount(statement.lineCount), style },
      { text: formatCount(statement.itemCount), style },
      { text: formatAmount(statement.billedMinor), style },
      { text: formatAmount(taxMinor), style },
    ],
  };
}
