import type { Canvas } from '../pdf/canvas.ts';
import { drawLabel, drawLines, drawParagraph } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { writeDate } from '../pdf/document-format.ts';
import { maskIban } from '../../src/shared/iban.rules.ts';
import type { Drawing } from './layout.ts';
import { formatYen, maskAccount } from './statement.format.ts';
import type { Statement } from './statement.types.ts';
import { accountTypes, correction, labels, noPayoutReason, sentences } from './wording.ts';

/** Height with three lines of account: bank and branch, number, holder. */
const HEIGHT = 68;
const RIGHT_X = 300;
const VALUE_X = 388;
const ACCOUNT_WIDTH = frame.right - VALUE_X - 10;
const LEADING = 11.5;
const REASON_LEADING = 13;
const REASON_WIDTH = frame.right - RIGHT_X - 12;

/** The figure that the reader looks for, with the day of payment and the account. */
export function drawPayoutPanel(drawing: Drawing): void {
  const { flow, statement, layout, word } = drawing;
  const { canvas } = flow;
  drawLead(drawing);
  const account = statement.payoutMinor > 0n ? wrapAccount(canvas, statement) : [];
  const reason =
    statement.payoutMinor > 0n ? [] : canvas.wrap(noPayoutReason(statement), REASON_WIDTH, textStyles.body);
  const more = Math.max(0, account.length - 3) * LEADING + Math.max(0, reason.length - 4) * REASON_LEADING;
  const height = HEIGHT + more;
  const top = flow.y;
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height }, palette.tint);
    canvas.fillBox({ x: frame.left, y: top, width: 3, height }, palette.navy);
  });
  canvas.tag('P', () => {
    const x = frame.left + 16;
    drawLabel(canvas, { x, baseline: top + 19 }, word(labels.payout), textStyles.section);
    const text = formatYen(statement.payoutMinor);
    const style = textStyles.payout;
    const room = RIGHT_X - x - 14;
    const size = Math.min(style.size, (style.size * room) / canvas.measure(text, style));
    canvas.text(text, { x, baseline: top + 51 }, { ...style, size });
  });
  if (statement.payoutMinor > 0n) drawTransfer(drawing, top, account);
  else {
    canvas.tag('P', () => {
      const place = { x: RIGHT_X, style: textStyles.body, leading: REASON_LEADING };
      drawLines(canvas, reason, { ...place, baseline: top + 21 });
    });
  }
  flow.y = top + height + layout.gap + 2;
}

/** What the document is: a settlement, a draft of one, or the correction of an earlier one. */
function drawLead({ flow, statement }: Drawing): void {
  const { canvas } = flow;
  const words = sentences[statement.language];
  const texts = [statement.isDraft ? words.leadDraft : words.lead, correction(statement)];
  let baseline = flow.y + 12;
  for (const [index, text] of texts.entries()) {
    if (text === '') continue;
    const style = index === 0 && !statement.isDraft ? textStyles.body : textStyles.strong;
    canvas.tag('P', () => {
      const place = { x: frame.left, width: frame.width, baseline, style, leading: 12 };
      baseline = drawParagraph(canvas, text, place);
    });
  }
  flow.y = baseline - 3;
}

/** Bank and branch, on one line if both fit, the account and its holder; of a euro account its IBAN and BIC. */
function wrapAccount(canvas: Canvas, { bankAccount, language }: Statement): string[] {
  const { bankName, branchName, accountType, accountNumber, holder, iban, bic = '' } = bankAccount;
  const wrap = (text: string) => canvas.wrap(text, ACCOUNT_WIDTH, textStyles.small);
  if (iban !== undefined)
    return [...wrap(maskIban(iban, '*')), ...(bic === '' ? [] : wrap(bic)), ...wrap(holder)];
  const together = wrap(`${bankName} ${branchName}`);
  const where = together.length === 1 ? together : [...wrap(bankName), ...wrap(branchName)];
  const type = accountType === '' ? '' : accountTypes[accountType][language];
  const number = `${type} ${maskAccount(accountNumber)}`;
  return [...where, ...wrap(number), ...wrap(holder)];
}

function drawTransfer({ flow, statement, word }: Drawing, top: number, account: readonly string[]): void {
  const { canvas } = flow;
  const { payoutDate, language } = statement;
  canvas.tag('P', () => {
    drawLabel(canvas, { x: RIGHT_X, baseline: top + 19 }, word(labels.payoutDate), textStyles.small);
    const text = writeDate(payoutDate ?? '', language);
    canvas.text(text, { x: VALUE_X, baseline: top + 19 }, textStyles.strong);
  });
  canvas.tag('P', () => {
    const baseline = top + 34;
    drawLabel(canvas, { x: RIGHT_X, baseline }, word(labels.account), textStyles.small);
    drawLines(canvas, account, { x: VALUE_X, baseline, style: textStyles.small, leading: LEADING });
  });
}
