import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { Canvas } from '../pdf/canvas.ts';
import { createDocument } from '../pdf/document.ts';
import { Flow } from '../pdf/flow.ts';
import { PageFrame } from '../pdf/page-frame.ts';
import { calculationHeight, drawCalculation } from './calculation.ts';
import { DetailTable } from './detail-table.ts';
import { drawFeeBasis, layOutFeeBasis } from './fee-basis.ts';
import { drawHeading } from './heading.ts';
import { drawInvoiceBlock } from './invoice-block.ts';
import { drawNotes } from './notes.ts';
import { drawPayoutPanel } from './payout-panel.ts';
import { drawSalesTable } from './sales-table.ts';
import { formatPeriod } from './statement.format.ts';
import { assertConsistent, assertEqual } from './statement.rules.ts';
import type { Statement } from './statement.types.ts';
import { labels } from './wording.ts';

/**
 * Writes the settlement statement of one company and period as a PDF, page by page, and ends the output.
 * The same statement gives the same bytes. Details may be of any length: only the current page is in memory.
 *
 * @throws Error when the figures contradict each other or the output breaks; the output is then incomplete
 *   and destroyed, so write to a temporary name and rename.
 */
export async function renderStatement(statement: Statement, output: Writable): Promise<{ pages: number }> {
  assertConsistent(statement);
  const document = createDocument({
    title: `${labels.title.ja} ${statement.number} ${statement.recipient.name}`,
    author: statement.issuer.name,
    subject: `${formatPeriod(statement.billingPeriod)} 精算書・適格請求書`,
    keywords: [statement.number, statement.billingPeriod, statement.recipient.code].join(', '),
    createdAt: new Date(`${statement.issueDate}T00:00:00Z`),
  });
  const written = pipeline(document, output);
  const drawn = drawStatement(statement, new Canvas(document), () => drain(output, written)).catch(
    (error: unknown) => {
      document.destroy(error instanceof Error ? error : new Error('Drawing failed', { cause: error }));
      throw error;
    },
  );
  const [pages] = await Promise.all([drawn, written]);
  return { pages };
}

/** Draws a statement on an empty canvas and ends its document; returns the number of pages. */
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
  const pages = frame.finish();
  canvas.document.end();
  return pages;
}

function drawFrontPage(flow: Flow, statement: Statement): void {
  drawHeading(flow, statement);
  drawPayoutPanel(flow, statement);
  drawCalculationAndFeeBasis(flow, statement);
  drawInvoiceBlock(flow, statement);
  drawSalesTable(flow, statement);
  drawNotes(flow, statement);
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

/**
 * Waits until a slow output has accepted the drawn pages; otherwise they would accumulate in memory. It first yields to the
 * event loop, because streams advance only then.
 */
async function drain(output: Writable, written: Promise<void>): Promise<void> {
  await Promise.race([setImmediate(), written]);
  while (output.writableNeedDrain) await Promise.race([once(output, 'drain'), written]);
  if (output.destroyed) throw new Error('The output closed before the statement was complete');
}
