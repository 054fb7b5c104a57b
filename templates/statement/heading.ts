import type { Canvas, TextStyle } from '../pdf/canvas.ts';
import { drawLabel, drawParagraph, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { writeDate, writePeriod } from '../pdf/document-format.ts';
import { addresseeOf, listSupplies } from './invoice-block.ts';
import type { Drawing } from './layout.ts';
import { formatRange } from './statement.format.ts';
import type { Statement } from './statement.types.ts';
import { labels, sentences } from './wording.ts';

const META_X = 354;
const ISSUER_X = 354;
const RECIPIENT_WIDTH = 285;
const LEADING = 11.5;

/** Title, number, dates, and the two parties: the upper third of the first page. */
export function drawHeading(drawing: Drawing): void {
  const { flow, statement, word } = drawing;
  const { canvas } = flow;
  const top = flow.y;
  const title = word(titleOf(statement));
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height: 3 }, palette.navy);
  });
  canvas.tag('H1', () => {
    const style = fitTitle(canvas, title.ja);
    canvas.text(title.ja, { x: frame.left, baseline: top + 33 }, style);
    canvas.text(title.en, { x: frame.left, baseline: top + 45 }, textStyles.note);
  });
  drawMeta(drawing, top + 22);
  const partiesTop = top + 77;
  flow.y = Math.max(drawRecipient(canvas, partiesTop, statement), drawIssuer(canvas, partiesTop, statement));
}

/** An English title is longer than a Japanese one and leaves the dates their room. */
function fitTitle(canvas: Canvas, title: string): TextStyle {
  const style = textStyles.title;
  const room = META_X - frame.left - 16;
  return { ...style, size: Math.min(style.size, (style.size * room) / canvas.measure(title, style)) };
}

/** An invoice only where something is taxed and nobody has to approve it any more. */
export function titleOf(statement: Statement): Label {
  return listSupplies(statement).length > 0 ? labels.title : labels.plainTitle;
}

function drawMeta({ flow, statement, word }: Drawing, firstBaseline: number): void {
  const { canvas } = flow;
  const { language } = statement;
  const rows: [Label, string][] = [
    [labels.number, statement.number],
    [labels.issueDate, statement.isDraft ? labels.draft[language] : writeDate(statement.issueDate, language)],
    [labels.period, writePeriod(statement.billingPeriod, language)],
  ];
  let baseline = firstBaseline;
  for (const [label, text] of rows) {
    canvas.tag('P', () => {
      drawLabel(canvas, { x: META_X, baseline }, word(label), textStyles.small);
      canvas.text(text, { x: frame.right, baseline, align: 'right' }, textStyles.small);
    });
    baseline += 12.5;
  }
  const range = formatRange(statement.periodFrom, statement.periodTo, language);
  canvas.tag('P', () => {
    canvas.text(range, { x: frame.right, baseline: baseline - 2, align: 'right' }, textStyles.note);
  });
}

function drawRecipient(canvas: Canvas, top: number, { recipient, language }: Statement): number {
  const words = sentences[language];
  const place = { x: frame.left, width: RECIPIENT_WIDTH, leading: LEADING };
  let baseline = top + 8;
  canvas.tag('P', () => {
    if (recipient.postalCode !== '') {
      canvas.text(`〒${recipient.postalCode}`, { x: frame.left, baseline }, textStyles.small);
      baseline += LEADING;
    }
    const address = { ...place, baseline, style: textStyles.small };
    baseline = drawParagraph(canvas, recipient.address, address);
  });
  baseline += 9;
  canvas.tag('P', () => {
    const name = language === 'ja' ? addresseeOf(recipient.name) : recipient.name;
    baseline = drawRecipientName(canvas, name, baseline);
  });
  canvas.tag('P', () => {
    const parts = [`${words.companyCode} ${recipient.code}`];
    if (recipient.registrationNumber) parts.push(`${words.registration} ${recipient.registrationNumber}`);
    baseline = drawParagraph(canvas, parts.join('　'), { ...place, baseline, style: textStyles.note });
  });
  return baseline;
}

/** Sets the name large on one line, or smaller on several if it is long. */
function drawRecipientName(canvas: Canvas, addressed: string, baseline: number): number {
  const large = textStyles.recipient;
  const isShort = canvas.measure(addressed, large) <= RECIPIENT_WIDTH;
  const style = isShort ? large : { ...large, size: 10.5 };
  const place = { x: frame.left, baseline, width: RECIPIENT_WIDTH, style, leading: 14.5 };
  return drawParagraph(canvas, addressed, place) + 1;
}

function drawIssuer(canvas: Canvas, top: number, { issuer, language }: Statement): number {
  const words = sentences[language];
  const width = frame.right - ISSUER_X;
  const place = { x: ISSUER_X, width, leading: LEADING };
  let baseline = top + 9;
  const write = (text: string, style: (typeof textStyles)[keyof typeof textStyles], leading: number): void =>
    canvas.tag('P', () => {
      baseline = drawParagraph(canvas, text, { ...place, baseline, style, leading });
    });
  write(issuer.name, textStyles.party, 14);
  const postalCode = issuer.postalCode === '' ? '' : `〒${issuer.postalCode} `;
  write(`${postalCode}${issuer.address}`, textStyles.small, LEADING);
  write(`${words.registration} ${issuer.registrationNumber}`, textStyles.small, LEADING);
  write(`${words.contact} ${issuer.department}`, textStyles.note, 10.5);
  const reach = [issuer.phone, issuer.email].filter((text) => text !== '').join('　');
  if (reach !== '') write(reach, textStyles.note, 10.5);
  return baseline;
}
