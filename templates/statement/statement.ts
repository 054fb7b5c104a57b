import type { Writable } from 'node:stream';
import { Canvas } from '../pdf/canvas.ts';
import { createDocument, type DocumentCard } from '../pdf/document.ts';
import { writePeriod } from '../pdf/document-format.ts';
import { Flow } from '../pdf/flow.ts';
import { drawNotes } from '../pdf/notes.ts';
import { PageFrame } from '../pdf/page-frame.ts';
import { renderDocument } from '../pdf/render-document.ts';
import { calculationHeight, drawCalculation } from './calculation.ts';
import { DetailTable } from './detail-table.ts';
import { drawFeeBasis, layOutFeeBasis } from './fee-basis.ts';
import { drawHeading, titleOf } from './heading.ts';
import { addresseeOf, drawInvoiceBlock } from './invoice-block.ts';
import { chooseLayout, drawingOf, AIRY, type Drawing, type Layout } from './layout.ts';
import { drawPayoutPanel } from './payout-panel.ts';
import { drawClawbacks, drawRefunds } from './refunds-table.ts';
import { drawSalesTable } from './sales-table.ts';
import { assertConsistent, assertEqual } from './statement.rules.ts';
import type { Statement, StatementDetail } from './statement.types.ts';
import { labels, listNotes, sentences } from './wording.ts';

/** A statement of more details has pages enough; shorter ones are tried in several layouts. */
const TRIED_DETAILS_MAX = 60;

/**
 * Writes the settlement statement of one company and period as a PDF, page by page, and ends the output.
 * The same statement gives the same bytes. Details may be of any length: only the current page is in memory.
 *
 * @throws Error when the figures contradict each other or the output breaks; the output is then incomplete
 *   and destroyed, so write to a temporary name and rename.
 */
export async function renderStatement(statement: Statement, output: Writable): Promise<{ pages: number }> {
  assertConsistent(statement);
  const card = describe(statement);
  return await renderDocument(card, output, async (canvas, afterPage) => {
    const { details, all } = await takeDetails(statement.details);
    const known = { ...statement, details };
    const layout = all ? await findLayout({ ...statement, details: all }, card) : AIRY;
    const { pages } = await drawStatement(known, { canvas, layout, afterPage });
    return pages;
  });
}

function describe(statement: Statement): DocumentCard {
  const { language, number, recipient, billingPeriod, isDraft } = statement;
  const title = `${titleOf(statement)[language]} ${number} ${recipient.name}`;
  const words = sentences[language];
  return {
    language,
    title: isDraft ? `${labels.draft[language]} ${title}` : title,
    author: statement.issuer.name,
    subject: `${writePeriod(billingPeriod, language)} ${isDraft ? labels.draft[language] : words.subject}`,
    keywords: [number, billingPeriod, recipient.code].join(', '),
    createdAt: new Date(`${statement.issueDate}T00:00:00Z`),
  };
}

type Details = Statement['details'];

/** Reads the first details ahead: all of a short statement, and otherwise a stream of all that begins with them. */
async function takeDetails(
  details: Details,
): Promise<{ readonly details: Details; readonly all?: readonly StatementDetail[] }> {
  const first: StatementDetail[] = [];
  const rest = Symbol.asyncIterator in details ? details[Symbol.asyncIterator]() : details[Symbol.iterator]();
  while (first.length <= TRIED_DETAILS_MAX) {
    // oxlint-disable-next-line no-await-in-loop -- rows of one stream
    const next = await rest.next();
    if (next.done) return { details: first, all: first };
    first.push(next.value);
  }
  return { details: continueWith(first, rest) };
}

async function* continueWith(
  first: readonly StatementDetail[],
  rest: AsyncIterator<StatementDetail> | Iterator<StatementDetail>,
): AsyncGenerator<StatementDetail> {
  yield* first;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- rows of one stream
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}

const waitForNothing = () => Promise.resolve();

/** Draws a short statement on paper that is thrown away, to see how it fills its pages. */
function findLayout(statement: Statement, card: DocumentCard): Promise<Layout> {
  return chooseLayout(async (layout) => {
    const canvas = new Canvas(createDocument(card));
    const paper = { canvas, layout, afterPage: waitForNothing };
    return { layout, ...(await drawStatement(statement, paper)) };
  });
}

interface Paper {
  readonly canvas: Canvas;
  readonly layout: Layout;
  readonly afterPage: () => Promise<void>;
}

/** Draws a statement on an empty canvas. Returns the number of pages, and how far the last one is filled. */
export async function drawStatement(
  statement: Statement,
  { canvas, layout, afterPage }: Paper,
): Promise<{ readonly pages: number; readonly fill: number }> {
  const { language, number, recipient, billingPeriod } = statement;
  const title = titleOf(statement)[language];
  const to = language === 'ja' ? addresseeOf(recipient.name) : recipient.name;
  const frame = new PageFrame(canvas, {
    footerLeft: `${labels.number[language]} ${number}`,
    footerRight: statement.issuer.name,
    runningLeft: `${title}　${to}`,
    runningRight: writePeriod(billingPeriod, language),
    ...(statement.isDraft && { mark: labels.draft[language] }),
  });
  const flow = new Flow(canvas, frame);
  const drawing = drawingOf(flow, statement, layout);
  drawFront(drawing);
  const table = new DetailTable(drawing);
  for await (const detail of statement.details) if (table.add(detail)) await afterPage();
  table.finish();
  assertEqual(statement, 'details', { expected: statement.billedMinor, actual: table.totalMinor });
  const fill = frame.fill(flow.y);
  return { pages: frame.finish(), fill };
}

function drawFront(drawing: Drawing): void {
  const { flow, statement, layout } = drawing;
  drawHeading(drawing);
  drawPayoutPanel(drawing);
  drawCalculationAndFeeBasis(drawing);
  drawInvoiceBlock(drawing);
  drawRefunds(drawing);
  drawClawbacks(drawing);
  if (layout.salesOnNewPage) flow.turnPage();
  drawSalesTable(drawing);
  drawNotes(flow, listNotes(statement));
}

/** Both are side by side, on one page. */
function drawCalculationAndFeeBasis(drawing: Drawing): void {
  const { flow, layout } = drawing;
  const basis = layOutFeeBasis(drawing);
  const height = Math.max(calculationHeight(drawing), basis.height);
  flow.ensure(height);
  drawCalculation(drawing);
  drawFeeBasis(drawing, basis);
  flow.advance(height + layout.gap);
}
