import type { Writable } from 'node:stream';
import { addressee } from '../pdf/addressee.rules.ts';
import { drawAmountPanel } from '../pdf/amount-panel.ts';
import type { Canvas } from '../pdf/canvas.ts';
import { labelIn, writeDate, writeHeadline, writePeriod, writeShortDate } from '../pdf/document-format.ts';
import { Flow } from '../pdf/flow.ts';
import type { Label } from '../pdf/label.ts';
import { drawAddressee, drawSender, drawTitle } from '../pdf/letterhead.ts';
import { drawNotes } from '../pdf/notes.ts';
import { frame, PageFrame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { renderDocument } from '../pdf/render-document.ts';
import { assertInvoiceAddsUp, assertItemsAddUp } from './invoice.rules.ts';
import type { LineInvoice } from './invoice.types.ts';
import { ItemsTable } from './items-table.ts';
import { drawRatesTable } from './rates-table.ts';
import { labels, listNotes, sentences, writeReplaced } from './wording.ts';

/**
 * Writes the line invoice of one tenure and billing period as a PDF, page by page, and ends the output: a qualified invoice
 * in three parts (domain.md section 5). The same invoice gives the same bytes. It may have any number of items: only the
 * current page is in memory.
 *
 * @throws Error when the figures contradict each other or the output breaks; the output is then incomplete and destroyed.
 */
export async function renderInvoice(invoice: LineInvoice, output: Writable): Promise<{ pages: number }> {
  assertInvoiceAddsUp(invoice);
  const { language, number, billingPeriod, recipient, issuer } = invoice;
  const title = labels.title[language];
  const card = {
    language,
    title: `${title} ${number} ${recipient.name}`,
    author: issuer.name,
    subject: `${writePeriod(billingPeriod, language)} ${title}`,
    keywords: [number, billingPeriod, invoice.lineId].join(', '),
    createdAt: new Date(`${invoice.issueDate}T00:00:00Z`),
  };
  return await renderDocument(card, output, (canvas, afterPage) => drawInvoice(invoice, canvas, afterPage));
}

async function drawInvoice(
  invoice: LineInvoice,
  canvas: Canvas,
  afterPage: () => Promise<void>,
): Promise<number> {
  const { language, number, billingPeriod, issuer } = invoice;
  const pageFrame = new PageFrame(canvas, {
    footerLeft: `${labels.number[language]} ${number}`,
    footerRight: issuer.name,
    runningLeft: `${labels.title[language]}　${addressee(invoice.recipient.name, language)}`,
    runningRight: writePeriod(billingPeriod, language),
  });
  const flow = new Flow(canvas, pageFrame);
  drawHeading(flow, invoice);
  drawReplaced(flow, invoice);
  drawTotal(flow, invoice);
  drawRatesTable(flow, invoice);
  drawMarkNote(flow, invoice);
  const table = new ItemsTable(flow, invoice);
  for await (const item of invoice.items) if (table.add(item)) await afterPage();
  table.finish();
  flow.advance(12);
  drawNotes(flow, listNotes(invoice, table.printed));
  assertItemsAddUp(invoice, table.printed);
  return pageFrame.finish();
}

/** On a corrected invoice, which one it replaces. */
function drawReplaced(flow: Flow, invoice: LineInvoice): void {
  const notes = writeReplaced(invoice);
  if (notes.length === 0) return;
  flow.advance(8);
  drawNotes(flow, notes);
}

/** What the mark of the reduced rate means, where it is first seen. */
function drawMarkNote(flow: Flow, { rateTotals, language }: LineInvoice): void {
  if (!rateTotals.some(({ taxCode }) => taxCode === 'reduced')) return;
  flow.advance(5);
  drawNotes(flow, [sentences[language].mark]);
}

function drawHeading(flow: Flow, invoice: LineInvoice): void {
  const { canvas } = flow;
  const { language, issuer, recipient } = invoice;
  const label = (name: keyof typeof labels): Label => labelIn(labels[name], language);
  const range = [invoice.startsOn, invoice.closesOn].map((date) => writeShortDate(date, language));
  drawTitle(canvas, flow.y, {
    title: label('title'),
    facts: [
      { label: label('number'), text: invoice.number },
      { label: label('issueDate'), text: writeDate(invoice.issueDate, language) },
      { label: label('period'), text: writePeriod(invoice.billingPeriod, language) },
      { label: { ja: '', en: '' }, text: range.join(' – ') },
    ],
  });
  const top = flow.y + 79;
  const left = drawAddressee(canvas, top, {
    ...recipient,
    name: addressee(recipient.name, language),
    below: `${labels.line[language]} ${invoice.lineId}`,
  });
  const right = drawSender(canvas, top, {
    name: issuer.name,
    lines: [issuer.address, `${labels.registration[language]} ${issuer.registrationNumber}`, issuer.contact],
  });
  flow.y = Math.max(left, right);
}

function drawTotal(flow: Flow, invoice: LineInvoice): void {
  const { canvas } = flow;
  const { language, totalMinor, currency } = invoice;
  const words = sentences[language];
  const isDue = totalMinor > 0n;
  const lead = totalMinor < 0n ? words.leadCredit : words.lead;
  canvas.tag('P', () => canvas.text(lead, { x: frame.left, baseline: flow.y + 14 }, textStyles.body));
  flow.advance(24);
  drawAmountPanel(flow, {
    label: labelIn(totalMinor < 0n ? labels.credit : labels.total, language),
    amount: writeHeadline(totalMinor < 0n ? -totalMinor : totalMinor, currency),
    facts: isDue
      ? [
          { label: labelIn(labels.dueDate, language), text: writeDate(invoice.dueDate, language) },
          { label: labelIn(labels.payment, language), text: words.withLine },
        ]
      : [{ label: labelIn(labels.nothingDue, language), text: words.nothingDue }],
  });
  flow.advance(17);
}
