import type { Flow } from '../pdf/flow.ts';
import { centredBaseline, drawLabel, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { formatPercent } from '../../src/shared/average.rules.ts';
import { formatAmount, formatYen } from './statement.format.ts';
import { feeBaseMinor } from './statement.rules.ts';
import type { Statement } from './statement.types.ts';
import { exempt, labels } from './wording.ts';

export const CALCULATION_WIDTH = 282;
const ROW_HEIGHT = 15.6;

interface CalculationRow {
  readonly label: Label;
  readonly amountMinor: bigint;
  readonly kind: 'plain' | 'subtotal' | 'result';
}

/** Height of the calculation with its title, before it is drawn. */
export function calculationHeight(statement: Statement): number {
  return SECTION_TITLE_HEIGHT - 4 + listRows(statement).length * ROW_HEIGHT;
}

/** The calculation from the billed amount to the payout, one movement per row. */
export function drawCalculation(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  drawSectionTitle(canvas, { x: frame.left, y: flow.y, width: CALCULATION_WIDTH }, labels.calculation, true);
  let y = flow.y + SECTION_TITLE_HEIGHT - 4;
  canvas.group('Table', () => {
    for (const row of listRows(statement)) {
      drawRow(flow, y, row);
      y += ROW_HEIGHT;
    }
  });
}

function plain(label: Label, amountMinor: bigint): CalculationRow {
  return { label, amountMinor, kind: 'plain' };
}

function listRows(statement: Statement): CalculationRow[] {
  const { fee, setUp } = statement;
  const rate = fee.taxable ? formatPercent(fee.taxRateBps) : exempt.ja;
  const feeTax = { ...labels.feeTax, ja: `${labels.feeTax.ja}（${rate}）` };
  const setUpTax = { ...labels.setUpTax, ja: `${labels.setUpTax.ja}（${formatPercent(fee.taxRateBps)}）` };
  return [
    plain(labels.billed, statement.billedMinor),
    plain(labels.refunded, -statement.refundedMinor),
    { label: labels.feeBase, amountMinor: feeBaseMinor(statement), kind: 'subtotal' },
    plain(labels.feeExTax, -fee.exTaxMinor),
    plain(feeTax, -fee.taxMinor),
    ...(setUp.exTaxMinor > 0n
      ? [plain(labels.setUpExTax, -setUp.exTaxMinor), plain(setUpTax, -setUp.taxMinor)]
      : []),
    ...statement.adjustments.map((adjustment) => plain(adjustment.label, adjustment.amountMinor)),
    plain(labels.carriedIn, statement.carriedInMinor),
    { label: labels.due, amountMinor: statement.payoutMinor + statement.carriedOutMinor, kind: 'subtotal' },
    plain(labels.carriedOut, statement.carriedOutMinor),
    { label: labels.payout, amountMinor: statement.payoutMinor, kind: 'result' },
  ];
}

function drawRow(flow: Flow, y: number, row: CalculationRow): void {
  const { canvas } = flow;
  const isPlain = row.kind === 'plain';
  const style = isPlain ? textStyles.body : textStyles.strong;
  const baseline = centredBaseline(y, ROW_HEIGHT, style.size);
  canvas.artifact('Layout', () => {
    const box = { x: frame.left, y, width: CALCULATION_WIDTH, height: ROW_HEIGHT };
    if (!isPlain) canvas.fillBox(box, palette.tint);
    const look =
      row.kind === 'result'
        ? { color: palette.navy, thickness: 0.8 }
        : { color: palette.hairline, thickness: 0.4 };
    canvas.rule({ x: frame.left, y: y + ROW_HEIGHT }, CALCULATION_WIDTH, look);
  });
  canvas.group('TR', () => {
    canvas.tag('TH', () => drawLabel(canvas, { x: frame.left + 6, baseline }, row.label, style));
    canvas.tag('TD', () => {
      const text = row.kind === 'result' ? formatYen(row.amountMinor) : formatAmount(row.amountMinor);
      canvas.text(text, { x: frame.left + CALCULATION_WIDTH - 6, baseline, align: 'right' }, style);
    });
  });
}
