import type { Writable } from 'node:stream';
import type { Canvas } from '../pdf/canvas.ts';
import { Flow } from '../pdf/flow.ts';
import { drawNotes } from '../pdf/notes.ts';
import { PageFrame } from '../pdf/page-frame.ts';
import { renderDocument } from '../pdf/render-document.ts';
import { calculationHeight, drawCalculation } from './calculation.ts';
import { DetailTable } from './detail-table.ts';
import { drawFeeBasis, layOutFeeBasis } from './fee-basis.ts';
import { drawHeading } from './heading.ts';
import { drawInvoiceBlock } from './invoice-block.ts';
import { drawPayoutPanel } from './payout-panel.ts';
import { drawSalesTable } from './sales-table.ts';
import { formatPeriod } from './statement.format.ts';
import { assertConsistent, assertEqual } from './statement.rules.ts';
import type { Statement } from './statement.types.ts';
import { labels, listNotes } from './wording.ts';

/**
 * Writes the settlement statement of one company and period as a PDF, page by page, and ends the output.
 * The same statement gives the same bytes. Details may be of any length: only the current page is in memory.
 *
 * @throws Error when the figures contradict each other or the output breaks; the output is then incomplete
 *   and destroyed, so write to a temporary name and rename.
 */
export async function renderStatement(statement: Statement, output: Writable): Promise<{ pages: number }> {
  assertConsistent(statement);
  const card = {
    title: `${labels.title.ja} ${statement.number} ${statement.recipient.name}`,
    author: statement.issuer.name,
    subject: `${formatPeriod(statement.billingPeriod)} 精算書・適格請求書`,
    keywords: [statement.number, statement.billingPeriod, statement.recipient.code].join(', '),
    createdAt: new Date(`${statement.issueDate}T00:00:00Z`),
  };
  return await renderDocument(card, output, (canvas, afterPage) =>
    drawStatement(statement, canvas, afterPage),
  );
}

/** Draws a statement on an empty canvas and returns the number of pages. */
export async function drawStatement(
  statement: Statement,
  canvas: Canvas,
  afterPage: () => Promise<void>,
): Promise<number> {
  const frame = new PageFrame(canvas, {
    footerLeft: `精算書番号 ${statement.number}`,
    footerRight: statement.issuer.name,
    runningLeft: `${labels.title.ja}　${statement.recipient.name} 御中`,
    runningRight: `${formatPeriod(statement.billingPeriod)} (${statement.billingPeriod})`,
  });
  const flow = new Flow(canvas, frame);
  drawFrontPage(flow, statement);
  const table = new DetailTable(flow);
  for await (const detail of statement.details) if (table.add(detail)) await afterPage();
  table.finish();
  assertEqual(statement, 'details', { expected: statement.billedMinor, actual: table.totalMinor });
  return frame.finish();
}

function drawFrontPage(flow: Flow, statement: Statement): void {
  drawHeading(flow, statement);
  drawPayoutPanel(flow, statement);
  drawCalculationAndFeeBasis(flow, statement);
  drawInvoiceBlock(flow, statement);
  drawSalesTable(flow, statement);
  drawNotes(flow, listNotes(statement));
}

/** Both are side by side, on one page. */
function drawCalculationAndFeeBasis(flow: Flow, statement: Statement): void {
  const basis = layOutFeeBasis(flow.canvas, statement);
  const height = Math.max(calculationHeight(statement), basis.height);
  flow.ensure(height);
  drawCalculation(flow, statement);
  drawFeeBasis(flow, basis);
  flow.advance(height + 13);
}
