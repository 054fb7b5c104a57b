import { centredBaseline, drawLabel, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { formatPercent } from '../../src/shared/average.rules.ts';
import type { Drawing } from './layout.ts';
import { formatAmount, formatYen } from './statement.format.ts';
import { feeBaseMinor } from './statement.rules.ts';
import type { Statement, StatementClawback } from './statement.types.ts';
import { labels } from './wording.ts';

export const CALCULATION_WIDTH = 282;
const PADDING = 6;
/** Between a label and its figure. */
const GUTTER = 12;
const FIGURE_SIZE_MIN = 7;

interface CalculationRow {
  readonly label: Label;
  readonly amountMinor: bigint;
  readonly kind: 'plain' | 'subtotal' | 'result';
}

/** Height of the calculation with its title, before it is drawn. */
export function calculationHeight({ statement, layout }: Drawing): number {
  return SECTION_TITLE_HEIGHT - 4 + listRows(statement).length * layout.rowHeight;
}

/** The calculation from the billed amount to the payout, one movement per row. */
export function drawCalculation(drawing: Drawing): void {
  const { flow, statement, layout, word } = drawing;
  const { canvas } = flow;
  const place = { x: frame.left, y: flow.y, width: CALCULATION_WIDTH };
  drawSectionTitle(canvas, place, word(labels.calculation), true);
  let y = flow.y + SECTION_TITLE_HEIGHT - 4;
  canvas.group('Table', () => {
    for (const row of listRows(statement)) {
      drawRow(drawing, y, row);
      y += layout.rowHeight;
    }
  });
}

function plain(label: Label, amountMinor: bigint): CalculationRow {
  return { label, amountMinor, kind: 'plain' };
}

/** A row that most statements do not have. */
function ifAny(label: Label, amountMinor: bigint): CalculationRow[] {
  return amountMinor === 0n ? [] : [plain(label, amountMinor)];
}

function withRate({ ja, en }: Label, rateBps: number): Label {
  const rate = formatPercent(rateBps);
  return { ja: `${ja}（${rate}）`, en: `${en} (${rate})` };
}

function listRows(statement: Statement): CalculationRow[] {
  const { fee, setUp } = statement;
  const feeRows = fee.taxable
    ? [plain(labels.feeExTax, -fee.exTaxMinor), plain(withRate(labels.feeTax, fee.taxRateBps), -fee.taxMinor)]
    : [plain(labels.exemptFee, -fee.exTaxMinor)];
  const setUpRows =
    setUp.exTaxMinor === 0n
      ? []
      : [
          plain(labels.setUpExTax, -setUp.exTaxMinor),
          plain(withRate(labels.setUpTax, fee.taxRateBps), -setUp.taxMinor),
        ];
  return [
    plain(labels.billed, statement.billedMinor),
    plain(labels.refunded, -statement.refundedMinor),
    { label: labels.feeBase, amountMinor: feeBaseMinor(statement), kind: 'subtotal' },
    ...feeRows,
    ...setUpRows,
    ...ifAny(labels.clawback, -sumOf(statement, 'clawback')),
    ...ifAny(labels.recovery, sumOf(statement, 'recovery')),
    ...ifAny(labels.transferFee, -statement.transferFeeMinor),
    ...statement.adjustments.map((adjustment) => plain(adjustment.label, adjustment.amountMinor)),
    plain(labels.carriedIn, statement.carriedInMinor),
    { label: labels.due, amountMinor: statement.payoutMinor + statement.carriedOutMinor, kind: 'subtotal' },
    plain(labels.carriedOut, statement.carriedOutMinor),
    { label: labels.payout, amountMinor: statement.payoutMinor, kind: 'result' },
  ];
}

function sumOf({ clawbacks }: Statement, kind: StatementClawback['kind']): bigint {
  return clawbacks.reduce((sum, row) => (row.kind === kind ? sum + row.amountMinor : sum), 0n);
}

function drawRow({ flow, layout, word }: Drawing, y: number, row: CalculationRow): void {
  const { canvas } = flow;
  const isPlain = row.kind === 'plain';
  const style = isPlain ? textStyles.body : textStyles.strong;
  const height = layout.rowHeight;
  const baseline = centredBaseline(y, height, style.size);
  canvas.artifact('Layout', () => {
    const box = { x: frame.left, y, width: CALCULATION_WIDTH, height };
    if (!isPlain) canvas.fillBox(box, palette.tint);
    const look =
      row.kind === 'result'
        ? { color: palette.navy, thickness: 0.8 }
        : { color: palette.hairline, thickness: 0.4 };
    canvas.rule({ x: frame.left, y: y + height }, CALCULATION_WIDTH, look);
  });
  const text = row.kind === 'result' ? formatYen(row.amountMinor) : formatAmount(row.amountMinor);
  const label = word(row.label);
  const room = CALCULATION_WIDTH - 2 * PADDING - GUTTER - canvas.measure(label.ja, style);
  // The companion of a label gives way to a figure of many digits, and then the figure's size does.
  const figureWidth = canvas.measure(text, style);
  const fits = canvas.measure(label.en, textStyles.sublabel) + 5 + figureWidth <= room;
  const size = Math.max(FIGURE_SIZE_MIN, Math.min(style.size, (style.size * room) / figureWidth));
  canvas.group('TR', () => {
    canvas.tag('TH', () => {
      const shown = fits ? label : { ja: label.ja, en: '' };
      drawLabel(canvas, { x: frame.left + PADDING, baseline }, shown, style);
    });
    canvas.tag('TD', () => {
      const at = { x: frame.left + CALCULATION_WIDTH - PADDING, baseline, align: 'right' } as const;
      canvas.text(text, at, { ...style, size });
    });
  });
}
