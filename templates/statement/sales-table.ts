import type { Flow } from '../pdf/flow.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { HEADER_HEIGHT, Table, type Cell, type Row } from '../pdf/table.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from './section-title.ts';
import { formatAmount, formatCount, formatRate, formatTax } from './statement.format.ts';
import type { Statement, StatementPart, StatementRateTotal } from './statement.types.ts';
import { columns, labels } from './wording.ts';

const ROW_HEIGHT = 16;

/** What was billed by service and tax rate, the tax included per rate, and the grand total. */
export function drawSalesTable(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  flow.ensure(SECTION_TITLE_HEIGHT + HEADER_HEIGHT + 2 * ROW_HEIGHT);
  drawSectionTitle(canvas, { x: frame.left, y: flow.y, width: frame.width }, labels.sales);
  flow.advance(SECTION_TITLE_HEIGHT - 3);
  const table = new Table(canvas, frame.left, [
    { label: columns.service, width: 190, align: 'left' },
    { label: columns.taxRate, width: 48, align: 'right' },
    { label: columns.lines, width: 52, align: 'right' },
    { label: columns.items, width: 52, align: 'right' },
    { label: columns.amount, width: 84, align: 'right' },
    { label: columns.includedTax, width: frame.width - 426, align: 'right' },
  ]);
  canvas.group('Table', () => {
    table.drawHeader(flow.y);
    flow.advance(HEADER_HEIGHT);
    for (const row of statement.parts) drawRow(flow, table, partRow(row));
    const sums = [
      ...statement.rateTotals.map((total, index) => rateRow(total, index === 0)),
      totalRow(statement),
    ];
    for (const [index, row] of sums.entries()) {
      // The sums stay together: a total alone on a page would belong to nothing.
      drawRow(flow, table, row, index === 0 ? sums.length : 1);
    }
  });
  flow.advance(9);
}

function drawRow(flow: Flow, table: Table, row: Row, rowsKeptTogether = 1): void {
  if (flow.ensure(rowsKeptTogether * ROW_HEIGHT)) {
    table.drawHeader(flow.y, true);
    flow.advance(HEADER_HEIGHT);
  }
  table.drawRow(flow.y, row);
  flow.advance(ROW_HEIGHT);
}

function partRow(part: StatementPart): Row {
  const cells: Cell[] = [
    { text: part.serviceName },
    { text: formatTax(part) },
    { text: formatCount(part.lineCount) },
    { text: formatCount(part.itemCount) },
    { text: formatAmount(part.totalMinor) },
  ];
  return { cells, height: ROW_HEIGHT };
}

function rateRow(total: StatementRateTotal, isFirst: boolean): Row {
  const rate = formatRate(total.taxRateBps);
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
