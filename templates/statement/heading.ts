import type { Canvas } from '../pdf/canvas.ts';
import type { Flow } from '../pdf/flow.ts';
import { drawLabel, drawParagraph, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { formatDate, formatPeriod } from './statement.format.ts';
import type { Statement, StatementIssuer, StatementRecipient } from './statement.types.ts';
import { labels } from './wording.ts';

const META_X = 366;
const ISSUER_X = 366;
const RECIPIENT_WIDTH = 285;
const LEADING = 11.5;

/** Title, number, dates, and the two parties: the upper third of the first page. */
export function drawHeading(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  const top = flow.y;
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height: 3 }, palette.navy);
  });
  canvas.tag('H1', () => {
    canvas.text(labels.title.ja, { x: frame.left, baseline: top + 33 }, textStyles.title);
    canvas.text(labels.title.en, { x: frame.left, baseline: top + 45 }, textStyles.note);
  });
  drawMeta(canvas, top + 22, statement);
  const partiesTop = top + 77;
  const recipientEnd = drawRecipient(canvas, partiesTop, statement.recipient);
  const issuerEnd = drawIssuer(canvas, partiesTop, statement.issuer);
  flow.y = Math.max(recipientEnd, issuerEnd);
}

function drawMeta(canvas: Canvas, firstBaseline: number, statement: Statement): void {
  const rows: [Label, string][] = [
    [labels.number, statement.number],
    [labels.issueDate, formatDate(statement.issueDate)],
    [labels.period, `${formatPeriod(statement.billingPeriod)} (${statement.billingPeriod})`],
  ];
  let baseline = firstBaseline;
  for (const [label, text] of rows) {
    canvas.tag('P', () => {
      drawLabel(canvas, { x: META_X, baseline }, label, textStyles.small);
      canvas.text(text, { x: frame.right, baseline, align: 'right' }, textStyles.small);
    });
    baseline += 12.5;
  }
  const range = `${statement.periodFrom} – ${statement.periodTo}`;
  canvas.tag('P', () => {
    canvas.text(range, { x: frame.right, baseline: baseline - 2, align: 'right' }, textStyles.note);
  });
}

function drawRecipient(canvas: Canvas, top: number, recipient: StatementRecipient): number {
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
    baseline = drawRecipientName(canvas, recipient.name, baseline);
  });
  canvas.tag('P', () => {
    const parts = [`会社コード ${recipient.code}`];
    if (recipient.registrationNumber) parts.push(`登録番号 ${recipient.registrationNumber}`);
    baseline = drawParagraph(canvas, parts.join('　'), { ...place, baseline, style: textStyles.note });
  });
  return baseline;
}

/** Sets the name large on one line, or smaller on several if it is long. */
function drawRecipientName(canvas: Canvas, name: string, baseline: number): number {
  const addressed = `${name}　御中`;
  const large = textStyles.recipient;
  const isShort = canvas.measure(addressed, large) <= RECIPIENT_WIDTH;
  const style = isShort ? large : { ...large, size: 10.5 };
  const place = { x: frame.left, baseline, width: RECIPIENT_WIDTH, style, leading: 14.5 };
  return drawParagraph(canvas, addressed, place) + 1;
}

function drawIssuer(canvas: Canvas, top: number, issuer: StatementIssuer): number {
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
  write(`登録番号 ${issuer.registrationNumber}`, textStyles.small, LEADING);
  write(`お問い合わせ ${issuer.department}`, textStyles.note, 10.5);
  const reach = [issuer.phone, issuer.email].filter((text) => text !== '').join('　');
  if (reach !== '') write(reach, textStyles.note, 10.5);
  return baseline;
}
