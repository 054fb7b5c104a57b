import type { Writable } from 'node:stream';
import { formatPercent } from '../../src/shared/average.rules.ts';
import { addressee } from '../pdf/addressee.rules.ts';
import { drawAmountPanel } from '../pdf/amount-panel.ts';
import type { Canvas } from '../pdf/canvas.ts';
import { labelIn, writeDate, writeHeadline, writeMoney, writePeriod } from '../pdf/document-format.ts';
import { drawFacts } from '../pdf/facts-table.ts';
import { Flow } from '../pdf/flow.ts';
import { drawAddressee, drawSender, drawTitle, type Fact } from '../pdf/letterhead.ts';
import { drawNotes } from '../pdf/notes.ts';
import { frame, PageFrame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { renderDocument } from '../pdf/render-document.ts';
import type { Receipt } from './receipt.types.ts';
import { kinds, labels, listNotes, proofs, sentences, subjects } from './wording.ts';

/**
 * Writes the record of one purchase as a PDF of one page, and ends the output. The same purchase gives the same bytes.
 * @throws Error when the output breaks.
 */
export async function renderReceipt(receipt: Receipt, output: Writable): Promise<{ pages: number }> {
  const { language, number, carrier } = receipt;
  const title = labels.title[language];
  const card = {
    language,
    title: `${title} ${number}`,
    author: carrier.name,
    subject: title,
    keywords: number,
    createdAt: new Date(`${receipt.boughtAt.slice(0, 10)}T00:00:00Z`),
  };
  return await renderDocument(card, output, (canvas) => drawReceipt(receipt, canvas));
}

function drawReceipt(receipt: Receipt, canvas: Canvas): number {
  const { language, number, carrier } = receipt;
  const pageFrame = new PageFrame(canvas, {
    footerLeft: `${labels.number[language]} ${number}`,
    footerRight: carrier.name,
    runningLeft: labels.title[language],
    runningRight: number,
  });
  const flow = new Flow(canvas, pageFrame);
  drawHeading(flow, receipt);
  drawAmount(flow, receipt);
  for (const section of [purchaseOf(receipt), sellerOf(receipt), confirmationOf(receipt)]) {
    drawFacts(flow, { title: labelIn(section.title, language), facts: section.facts });
    flow.advance(16);
  }
  drawNotes(flow, listNotes(receipt));
  return pageFrame.finish();
}

function drawHeading(flow: Flow, receipt: Receipt): void {
  const { canvas } = flow;
  const { language, buyer, carrier } = receipt;
  drawTitle(canvas, flow.y, {
    title: labelIn(labels.title, language),
    facts: [{ label: labelIn(labels.boughtAt, language), text: writeInstant(receipt.boughtAt, language) }],
  });
  const top = flow.y + 70;
  const name = addressee(buyer.name, language);
  const left = drawAddressee(canvas, top, { postalCode: '', address: '', name, below: '' });
  const right = drawSender(canvas, top, { name: carrier.name, lines: [carrier.address, carrier.contact] });
  flow.y = Math.max(left, right);
}

function drawAmount(flow: Flow, receipt: Receipt): void {
  const { canvas } = flow;
  const { language, currency, amountMinor, invoice } = receipt;
  const words = sentences[language];
  const lead = receipt.state === 'charged' ? words.lead : words.leadReserved;
  canvas.tag('P', () => canvas.text(lead, { x: frame.left, baseline: flow.y + 14 }, textStyles.body));
  flow.advance(24);
  const label = (name: keyof typeof labels) => labelIn(labels[name], language);
  drawAmountPanel(flow, {
    label: label('amount'),
    amount: writeHeadline(amountMinor, currency),
    facts: invoice
      ? [
          { label: label('invoice'), text: writePeriod(invoice.billingPeriod, language) },
          ...(invoice.number === null ? [] : [{ label: label('invoiceNumber'), text: invoice.number }]),
          { label: label('dueDate'), text: writeDate(invoice.dueDate, language) },
        ]
      : [{ label: label('invoice'), text: words.notYet }],
  });
  flow.advance(17);
}

interface Section {
  readonly title: (typeof labels)[keyof typeof labels];
  readonly facts: readonly Fact[];
}

function purchaseOf(receipt: Receipt): Section {
  const { language, number, description, kind, seller, tax, currency } = receipt;
  const fact = factIn(language);
  return {
    title: labels.purchase,
    facts: [
      fact('number', number),
      fact('item', tax?.taxCode === 'reduced' ? `${description} ※` : description),
      fact('service', seller.service),
      fact('kind', kinds[kind][language]),
      ...(tax
        ? [
            fact('suppliedOn', writeDate(tax.suppliedOn, language)),
            fact('tax', writeTax({ tax, currency, language })),
          ]
        : []),
      ...refundedOf(receipt),
    ],
  };
}

/** What was given back, and what the purchase has cost after it. */
function refundedOf({ language, currency, amountMinor, refunded }: Receipt): Fact[] {
  if (!refunded) return [];
  const fact = factIn(language);
  const money = (minor: bigint) => writeMoney(minor, currency, language);
  const last = sentences[language].lastRefund(writeDate(refunded.lastOn, language));
  return [
    fact('refunded', money(refunded.amountMinor) + last),
    fact('remaining', money(amountMinor - refunded.amountMinor)),
  ];
}

function writeTax({
  tax,
  currency,
  language,
}: Pick<Receipt, 'currency' | 'language'> & { readonly tax: NonNullable<Receipt['tax']> }): string {
  const reduced = language === 'ja' ? '（※軽減税率）' : ' (※ reduced rate)';
  const rate = formatPercent(tax.taxRateBps) + (tax.taxCode === 'reduced' ? reduced : '');
  return `${rate}　${writeMoney(tax.taxMinor, currency, language)}`;
}

function sellerOf({ language, seller, tax }: Receipt): Section {
  const fact = factIn(language);
  const unregistered = tax ? sentences[language].unregistered : '';
  return {
    title: labels.seller,
    facts: [
      fact('sellerName', seller.name),
      fact('sellerAddress', seller.address),
      fact('sellerTelephone', seller.telephone),
      fact('registration', seller.registrationNumber ?? unregistered),
    ],
  };
}

function confirmationOf({ language, buyer, confirmation }: Receipt): Section {
  const fact = factIn(language);
  return {
    title: labels.confirmation,
    facts: [
      fact('line', buyer.lineId),
      fact('issuedId', buyer.issuedId),
      ...(confirmation
        ? [
            fact(
              'confirmedAt',
              writeInstant(confirmation.confirmedAt, language) + subjects[confirmation.subject][language],
            ),
            fact('provenBy', proofs[confirmation.provenBy][language]),
            fact('address', confirmation.address),
          ]
        : []),
    ],
  };
}

const factIn = (language: Receipt['language']) => (name: keyof typeof labels, text: string) => ({
  label: labelIn(labels[name], language),
  text,
});

/** `2026-05-01 12:34` → `2026年5月1日 12:34`. */
function writeInstant(text: string, language: Receipt['language']): string {
  const [date = '', time = ''] = text.split(' ');
  return `${writeDate(date, language)} ${time}`;
}
