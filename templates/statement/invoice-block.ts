import type { Flow } from '../pdf/flow.ts';
import { drawParagraph } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { HEADER_HEIGHT, Table } from '../pdf/table.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { formatPercent } from '../../src/shared/average.rules.ts';
import { formatAmount } from './statement.format.ts';
import type { Statement } from './statement.types.ts';
import { columns, invoiceContent, labels, setUpContent } from './wording.ts';

const ROW_HEIGHT = 17;
const LEADING = 9.5;

interface Supply {
  readonly content: string;
  readonly exTaxMinor: bigint;
  readonly taxMinor: bigint;
}

/** What the carrier supplied with tax: the fee unless it is exempt, and the set-up fee. */
function listSupplies(statement: Statement): Supply[] {
  const { fee, setUp } = statement;
  return [
    ...(fee.taxable ? [{ ...fee, content: invoiceContent(statement) }] : []),
    ...(setUp.exTaxMinor > 0n ? [{ ...setUp, content: setUpContent }] : []),
  ];
}

/**
 * The carrier's own qualified invoice for what it supplied with tax, if anything: issuer with registration number,
 * recipient, period of supply, content, total and tax of the rate (domain.md section 5). The standard rate applies.
 */
export function drawInvoiceBlock(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  const supplies = listSupplies(statement);
  if (supplies.length === 0) return;
  const tableHeight = HEADER_HEIGHT + supplies.length * ROW_HEIGHT;
  const { issuer, recipient } = statement;
  const text = `発行者 ${issuer.name}（登録番号 ${issuer.registrationNumber}）　宛先 ${recipient.name} 御中`;
  const parties = { x: frame.left, width: frame.width, style: textStyles.note, leading: LEADING };
  const lines = canvas.wrap(text, parties.width, parties.style);
  flow.ensure(SECTION_TITLE_HEIGHT + 14 + tableHeight + (lines.length - 1) * LEADING);
  drawSectionTitle(canvas, { x: frame.left, y: flow.y, width: frame.width }, labels.invoice);
  canvas.tag('P', () => {
    flow.y = drawParagraph(canvas, text, { ...parties, baseline: flow.y + 24.5 }) - 4;
  });
  drawInvoiceTable(flow, statement, supplies);
  flow.y += tableHeight + 12;
}

function drawInvoiceTable(flow: Flow, statement: Statement, supplies: readonly Supply[]): void {
  const { canvas } = flow;
  const { fee } = statement;
  const table = new Table(canvas, frame.left, [
    { label: columns.supplyPeriod, width: 110, align: 'left' },
    { label: columns.content, width: 122, align: 'left' },
    { label: columns.taxRate, width: 45, align: 'right' },
    { label: columns.exTax, width: 86, align: 'right' },
    { label: columns.tax, width: 66, align: 'right' },
    { label: columns.inclTax, width: frame.width - 429, align: 'right' },
  ]);
  canvas.group('Table', () => {
    table.drawHeader(flow.y);
    for (const [index, { content, exTaxMinor, taxMinor }] of supplies.entries()) {
      const row = table.layOut({
        height: ROW_HEIGHT,
        cells: [
          { text: `${statement.periodFrom} – ${statement.periodTo}`, style: textStyles.small },
          { text: content },
          { text: formatPercent(fee.taxRateBps) },
          { text: formatAmount(exTaxMinor) },
          { text: formatAmount(taxMinor) },
          { text: formatAmount(exTaxMinor + taxMinor), style: textStyles.strong },
        ],
      });
      table.drawRow(flow.y + HEADER_HEIGHT + index * ROW_HEIGHT, row);
    }
  });
}
