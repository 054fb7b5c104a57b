import type { Canvas } from '../pdf/canvas.ts';
import type { Flow } from '../pdf/flow.ts';
import { drawLabel, drawLines, drawParagraph } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { formatDate, formatYen, maskAccount } from './statement.format.ts';
import type { Statement, StatementBankAccount } from './statement.types.ts';
import { accountTypes, labels } from './wording.ts';

/** Height with three lines of account: bank and branch, number, holder. */
const HEIGHT = 68;
const RIGHT_X = 300;
const VALUE_X = 382;
const ACCOUNT_WIDTH = frame.right - VALUE_X - 10;
const LEADING = 11.5;

/** The figure that the reader looks for, with the day of payment and the account. */
export function drawPayoutPanel(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  const account = statement.payoutMinor > 0n ? wrapAccount(canvas, statement.bankAccount) : [];
  const height = HEIGHT + Math.max(0, account.length - 3) * LEADING;
  canvas.tag('P', () => {
    const lead = '下記のとおり精算いたしましたので、ご通知申し上げます。';
    canvas.text(lead, { x: frame.left, baseline: flow.y + 12 }, textStyles.body);
  });
  const top = flow.y + 21;
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height }, palette.tint);
    canvas.fillBox({ x: frame.left, y: top, width: 3, height }, palette.navy);
  });
  canvas.tag('P', () => {
    const x = frame.left + 16;
    drawLabel(canvas, { x, baseline: top + 19 }, labels.payout, textStyles.section);
    canvas.text(formatYen(statement.payoutMinor), { x, baseline: top + 51 }, textStyles.payout);
  });
  if (statement.payoutMinor > 0n) drawTransfer(canvas, top, { payoutDate: statement.payoutDate, account });
  else drawNoPayout(canvas, top, statement);
  flow.y = top + height + 15;
}

/** Bank and branch, on one line if both fit, the account and its holder. */
function wrapAccount(canvas: Canvas, account: StatementBankAccount): string[] {
  const { bankName, branchName, accountType, accountNumber, holder } = account;
  const wrap = (text: string) => canvas.wrap(text, ACCOUNT_WIDTH, textStyles.small);
  const together = wrap(`${bankName} ${branchName}`);
  const where = together.length === 1 ? together : [...wrap(bankName), ...wrap(branchName)];
  const number = `${accountTypes[accountType]} ${maskAccount(accountNumber)}`;
  return [...where, ...wrap(number), ...wrap(holder)];
}

interface Transfer {
  readonly payoutDate: string | null;
  readonly account: readonly string[];
}

function drawTransfer(canvas: Canvas, top: number, { payoutDate, account }: Transfer): void {
  canvas.tag('P', () => {
    drawLabel(canvas, { x: RIGHT_X, baseline: top + 19 }, labels.payoutDate, textStyles.small);
    canvas.text(formatDate(payoutDate ?? ''), { x: VALUE_X, baseline: top + 19 }, textStyles.strong);
  });
  canvas.tag('P', () => {
    const baseline = top + 34;
    drawLabel(canvas, { x: RIGHT_X, baseline }, labels.account, textStyles.small);
    drawLines(canvas, account, { x: VALUE_X, baseline, style: textStyles.small, leading: LEADING });
  });
}

function drawNoPayout(canvas: Canvas, top: number, statement: Statement): void {
  const carried =
    statement.carriedOutMinor === 0n
      ? ''
      : `差引精算額 ${formatYen(statement.carriedOutMinor)} は翌月以降の精算に繰り越し、相殺いたします。`;
  const place = { x: RIGHT_X, width: frame.right - RIGHT_X - 12, style: textStyles.body, leading: 13 };
  canvas.tag('P', () => {
    const text = `今回のお支払いはございません。${carried}`;
    const baseline = drawParagraph(canvas, text, { ...place, baseline: top + 21 });
    const sublabel = 'No payout this month; any balance is carried forward.';
    canvas.text(sublabel, { x: RIGHT_X, baseline: baseline - 1 }, textStyles.sublabel);
  });
}
