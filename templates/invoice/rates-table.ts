import type { Flow } from '../pdf/flow.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { labelIn, writeFigure } from '../pdf/document-format.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { Table, type Row } from '../pdf/table.ts';
import { formatCount } from '../../src/shared/money.ts';
import { sumQualified } from './invoice.rules.ts';
import type { InvoiceRateTotal, LineInvoice } from './invoice.types.ts';
import { columnsOf, labels, rateName, sentences, unregisteredRateName, writeTax } from './wording.ts';

const ROW_HEIGHT = 17;

/** Totals by rate with the tax in them, those of the qualified invoice first, and the total of all. */
export function drawRatesTable(flow: Flow, invoice: LineInvoice): void {
  const { canvas } = flow;
  const { language, currency } = invoice;
  const columns = columnsOf(currency);
  const table = new Table(canvas, frame.left, [
    { label: labelIn(columns.kind, language), width: 200, align: 'left' },
    { label: labelIn(columns.taxRate, language), width: 58, align: 'right' },
    { label: labelIn(columns.items, language), width: 55, align: 'right' },
    { label: labelIn(columns.amount, language), width: 100, align: 'right' },
    { label: labelIn(columns.tax, language), width: frame.width - 413, align: 'right' },
  ]);
  const rows = listRows(invoice).map((row) => table.layOut(row));
  const height = rows.reduce((sum, row) => sum + row.height, SECTION_TITLE_HEIGHT + table.headerHeight);
  flow.ensure(height);
  const title = { x: frame.left, y: flow.y, width: frame.width };
  drawSectionTitle(canvas, title, labelIn(labels.summary, language));
  flow.advance(SECTION_TITLE_HEIGHT - 3);
  canvas.group('Table', () => {
    table.drawHeader(flow.y);
    flow.advance(table.headerHeight);
    for (const row of rows) {
      table.drawRow(flow.y, row);
      flow.advance(row.height);
    }
  });
}

function listRows(invoice: LineInvoice): Row[] {
  const { rateTotals, language, currency } = invoice;
  const words = sentences[language];
  const others = rateTotals.filter(({ isQualified }) => !isQualified);
  const qualified = sumQualified(rateTotals);
  const figure = (minor: bigint) => writeFigure(minor, currency);
  const rateRow = (name: string, rate: InvoiceRateTotal, tax: string): Row => ({
    height: ROW_HEIGHT,
    cells: [
      { text: name },
      { text: writeTax(rate) },
      { text: formatCount(rate.itemCount) },
      { text: figure(rate.totalMinor) },
      rate.isQualified ? { text: tax } : { text: tax, style: textStyles.quiet },
    ],
  });
  const sumRow = (name: string, sums: { itemCount: number; totalMinor: bigint }, tax: string): Row => ({
    height: ROW_HEIGHT,
    overRule: true,
    tinted: true,
    cells: [
      { text: name, style: textStyles.strong },
      { text: '' },
      { text: formatCount(sums.itemCount), style: textStyles.strong },
      { text: figure(sums.totalMinor), style: textStyles.strong },
      { text: tax, style: textStyles.strong },
    ],
  });
  return [
    ...rateTotals
      .filter(({ isQualified }) => isQualified)
      .map((rate) => rateRow(rateName(rate, language), rate, figure(rate.taxMinor))),
    sumRow(words.qualifiedTotal, qualified, figure(qualified.taxMinor)),
    ...others.map((rate) => rateRow(unregisteredRateName(rate, language), rate, words.outside)),
    ...(others.length > 0
      ? [sumRow(invoice.totalMinor < 0n ? words.totalCredit : words.total, invoice, '')]
      : []),
  ];
}
