import type { Flow } from '../pdf/flow.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { HEADER_HEIGHT, Table, type Cell, type LaidOutRow, type Row } from '../pdf/table.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { formatPercent } from '../../src/shared/average.rules.ts';
import { formatAmount, formatCount, formatTax } from './statement.format.ts';
import type { Statement, StatementLine, StatementRateTotal } from './statement.types.ts';
import { columns, labels } from './wording.ts';

const ROW_HEIGHT = 16;

/** The billed amounts by service and tax rate, the tax included per rate, and the grand total. */
export function drawSalesTable(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  const table = new Table(canvas, frame.left, [
    { label: columns.service, width: 190, align: 'left' },
    { label: columns.taxRate, width: 48, align: 'right' },
    { label: columns.lines, width: 52, align: 'right' },
    { label: columns.items, width: 52, align: 'right' },
    { label: columns.amount, width: 84, align: 'right' },
    { label: columns.includedTax, width: frame.width - 426, align: 'right' },
  ]);
  const settlementLines = statement.settlementLines.map((line) => table.layOut(lineRow(line)));
  const rates = statement.rateTotals.map((total, index) => rateRow(total, index === 0));
  const sums = [...rates, totalRow(statement)].map((row) => table.layOut(row));
  flow.ensure(SECTION_TITLE_HEIGHT + HEADER_HEIGHT + sumHeights([...settlementLines, ...sums].slice(0, 2)));
  drawSectionTitle(canvas, { x: frame.left, y: flow.y, width: frame.width }, labels.sales);
  flow.advance(SECTION_TITLE_HEIGHT - 3);
  canvas.group('Table', () => {
    table.drawHeader(flow.y);
    flow.advance(HEADER_HEIGHT);
    for (const row of settlementLines) drawRow(flow, table, row);
    // Keeps the sums together, so that no total is alone on a page.
    keepTogether(flow, table, sumHeights(sums));
    for (const row of sums) drawRow(flow, table, row);
  });
  flow.advance(9);
}

function sumHeights(rows: readonly LaidOutRow[]): number {
  return rows.reduce((sum, row) => sum + row.height, 0);
}

/** Starts a new page with the table's head if rows of this height do not fit. */
function keepTogether(flow: Flow, table: Table, height: number): void {
  if (!flow.ensure(height)) return;
  table.drawHeader(flow.y, true);
  flow.advance(HEADER_HEIGHT);
}

function drawRow(flow: Flow, table: Table, row: LaidOutRow): void {
  keepTogether(flow, table, row.height);
  table.drawRow(flow.y, row);
  flow.advance(row.height);
}

function lineRow(line: StatementLine): Row {
  const cells: Cell[] = [
    { text: line.serviceName },
    { text: formatTax(line) },
    { text: formatCount(line.lineCount) },
    { text: formatCount(line.itemCount) },
    { text: formatAmount(line.totalMinor) },
  ];
  return { cells, height: ROW_HEIGHT };
}

function rateRow(total: StatementRateTotal, isFirst: boolean): Row {
  const rate = formatPercent(total.taxRateBps);
  const name = total.taxCode === 'reduced' ? `${rate}対象計（軽減税率）` : `${rate}対象計`;
  const cells: Cell[] = [
    { text: name, style: textStyles.body },
    { text: formatTax(total) },
    { text: '' },
    { text: '' },
    { text: formatAmount(total.totalMinor) },
    { text: formatAmount(total.taxMinor) },
  ];
  return { cells, height: ROW_HEIGHT, overRule: isFirst };
}

function totalRow(statement: Statement): Row {
  const style = textStyles.strong;
  const taxMinor = statement.rateTotals.reduce((sum, total) => sum + total.taxMinor, 0n);
  const cells: Cell[] = [
    { text: '合計 Total', style },
    { text: '' },
    { text: formatCount(statement.lineCount), style },
    { text: formatCount(statement.itemCount), style },
    { text: formatAmount(statement.billedMinor), style },
    { text: formatAmount(taxMinor), style },
  ];
  return { cells, height: ROW_HEIGHT, overRule: true, tinted: true };
}
