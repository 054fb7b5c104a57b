import type { Canvas } from '../pdf/canvas.ts';
import type { Flow } from '../pdf/flow.ts';
import { drawLabel, drawParagraph } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { formatDate, formatYen, maskAccount } from './statement.format.ts';
import type { Statement, StatementBankAccount } from './statement.types.ts';
import { accountTypes, labels } from './wording.ts';

const HEIGHT = 68;
const RIGHT_X = 300;
const VALUE_X = 382;

/** The one figure the reader looks for, the day it is paid and where to. */
export function drawPayoutPanel(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  canvas.tag('P', () => {
    const lead = '下記のとおり精算いたしましたので、ご通知申し上げます。';
    canvas.text(lead, { x: frame.left, baseline: flow.y + 12 }, textStyles.body);
  });
  const top = flow.y + 21;
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height: HEIGHT }, palette.tint);
    canvas.fillBox({ x: frame.left, y: top, width: 3, height: HEIGHT }, palette.navy);
  });
  canvas.tag('P', () => {
    const x = frame.left + 16;
    drawLabel(canvas, { x, baseline: top + 19 }, labels.payout, textStyles.section);
    canvas.text(formatYen(statement.payoutMinor), { x, baseline: top + 51 }, textStyles.payout);
  });
  if (statement.payoutMinor > 0n) drawTransfer(canvas, top, statement);
  else drawNoPayout(canvas, top, statement);
  flow.y = top + HEIGHT + 15;
}

function drawTransfer(canvas: Canvas, top: number, statement: Statement): void {
  canvas.tag('P', () => {
    drawLabel(canvas, { x: RIGHT_X, baseline: top + 19 }, labels.payoutDate, textStyles.small);
    const at = { x: VALUE_X, baseline: top + 19 };
    canvas.text(formatDate(statement.payoutDate ?? ''), at, textStyles.strong);
  });
  canvas.tag('P', () => {
    drawLabel(canvas, { x: RIGHT_X, baseline: top + 34 }, labels.account, textStyles.small);
    const place = { x: VALUE_X, width: frame.right - VALUE_X - 10, style: textStyles.small, leading: 11.5 };
    const [where, account] = describeAccount(statement.bankAccount);
    let baseline = drawParagraph(canvas, where, { ...place, baseline: top + 34, maxLines: 1 });
    baseline = drawParagraph(canvas, account, { ...place, baseline, maxLines: 1 });
    drawParagraph(canvas, statement.bankAccount.holder, { ...place, baseline, maxLines: 1 });
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
    const baseline = drawParagraph(canvas, text, { ...place, baseline: top + 21, maxLines: 3 });
    const sublabel = 'No payout this month; any balance is carried forward.';
    canvas.text(sublabel, { x: RIGHT_X, baseline: baseline - 1 }, textStyles.sublabel);
  });
}

function describeAccount(account: StatementBankAccount): [string, string] {
  const number = maskAccount(account.accountNumber);
  return [`${account.bankName} ${account.branchName}`, `${accountTypes[account.accountType]} ${number}`];
}
