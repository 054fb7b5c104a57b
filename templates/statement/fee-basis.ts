import type { Canvas } from '../pdf/canvas.ts';
import { drawLabel, drawLines, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { CALCULATION_WIDTH } from './calculation.ts';
import type { Drawing } from './layout.ts';
import { formatAverage, formatCount } from './statement.format.ts';
import { feeBaseMinor } from './statement.rules.ts';
import { branchLabels, labels, noFee, sentences } from './wording.ts';

const X = frame.left + CALCULATION_WIDTH + 22;
const WIDTH = frame.right - X;
const TEXT_X = X + 6;
const TEXT_WIDTH = WIDTH - 12;
const LEADING = 11.5;
const REASONS_TOP = 14;
const REASON_GAP = 3;

export interface FeeBasis {
  readonly facts: readonly Fact[];
  readonly reasons: readonly (readonly string[])[];
  readonly height: number;
}

/** A label and its value; a value too long for the space beside the label goes below it. */
interface Fact {
  readonly label: Label;
  readonly lines: readonly string[];
  readonly beside: boolean;
  readonly height: number;
}

/** The explanation of the fee in lines: tariff, its two input figures, and which of its rules decided. */
export function layOutFeeBasis({ flow, statement, layout, word }: Drawing): FeeBasis {
  const { canvas } = flow;
  const { fee, language } = statement;
  const average = formatAverage(feeBaseMinor(statement), statement.lineCount);
  const fact = (label: Label, text: string) => layOutFact(canvas, word(label), text, layout.rowHeight);
  const branch = fee.exTaxMinor === 0n ? noFee : branchLabels[fee.branch];
  const facts = [
    fact(labels.tariff, fee.tariffName),
    fact(labels.lines, formatCount(statement.lineCount) + sentences[language].unitOfLines),
    fact(labels.average, average),
    fact(labels.branch, branch[language]),
  ];
  const reasons = fee.reasons.map((reason) => canvas.wrap(reason, TEXT_WIDTH, textStyles.small));
  const heights = [
    ...facts.map(({ height }) => height),
    ...reasons.map((lines) => lines.length * LEADING + REASON_GAP),
  ];
  const height = heights.reduce((sum, part) => sum + part, SECTION_TITLE_HEIGHT - 4 + REASONS_TOP - 8);
  return { facts, reasons, height };
}

/** Draws the explanation beside the calculation. */
export function drawFeeBasis({ flow, word }: Drawing, { facts, reasons }: FeeBasis): void {
  const { canvas } = flow;
  drawSectionTitle(canvas, { x: X, y: flow.y, width: WIDTH }, word(labels.feeBasis), true);
  let y = flow.y + SECTION_TITLE_HEIGHT - 4;
  for (const fact of facts) {
    drawFact(canvas, y, fact);
    y += fact.height;
  }
  let baseline = y + REASONS_TOP;
  for (const lines of reasons) {
    canvas.tag('P', () => {
      drawLines(canvas, lines, { x: TEXT_X, baseline, style: textStyles.small, leading: LEADING });
    });
    baseline += lines.length * LEADING + REASON_GAP;
  }
}

function layOutFact(canvas: Canvas, label: Label, text: string, rowHeight: number): Fact {
  const style = textStyles.strong;
  const labelWidth =
    canvas.measure(label.ja, textStyles.body) + canvas.measure(label.en, textStyles.sublabel) + 24;
  const beside = canvas.measure(text, style) <= WIDTH - labelWidth;
  const lines = canvas.wrap(text, TEXT_WIDTH, style);
  return { label, lines, beside, height: beside ? rowHeight : rowHeight + 1.4 + lines.length * LEADING };
}

function drawFact(canvas: Canvas, top: number, { label, lines, beside, height }: Fact): void {
  canvas.tag('P', () => {
    drawLabel(canvas, { x: TEXT_X, baseline: top + 10.9 }, label);
    const style = textStyles.strong;
    if (beside) {
      drawLines(canvas, lines, {
        x: TEXT_X + TEXT_WIDTH,
        align: 'right',
        baseline: top + 10.9,
        style,
        leading: LEADING,
      });
    } else drawLines(canvas, lines, { x: TEXT_X, baseline: top + 23.2, style, leading: LEADING });
  });
  const look = { color: palette.hairline, thickness: 0.4 };
  canvas.artifact('Layout', () => canvas.rule({ x: X, y: top + height }, WIDTH, look));
}
