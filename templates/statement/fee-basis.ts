import type { Flow } from '../pdf/flow.ts';
import { drawLabel, drawParagraph, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { CALCULATION_WIDTH } from './calculation.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from './section-title.ts';
import { formatAverage, formatCount } from './statement.format.ts';
import { feeBaseMinor } from './statement.rules.ts';
import type { Statement } from './statement.types.ts';
import { branchLabels, labels, noFee } from './wording.ts';

const X = frame.left + CALCULATION_WIDTH + 22;
const WIDTH = frame.right - X;
const ROW_HEIGHT = 15.6;

/** Tariff, the two figures it looks at, and in words which of its rules decided. Returns where it ends. */
export function drawFeeBasis(flow: Flow, statement: Statement): number {
  const { canvas } = flow;
  drawSectionTitle(canvas, { x: X, y: flow.y, width: WIDTH }, labels.feeBasis, true);
  let y = flow.y + SECTION_TITLE_HEIGHT - 4;
  const average = formatAverage(feeBaseMinor(statement), statement.lineCount);
  const rows: [Label, string][] = [
    [labels.tariff, statement.fee.tariffName],
    [labels.lines, `${formatCount(statement.lineCount)} 回線`],
    [labels.average, average],
    [labels.branch, (statement.fee.exTaxMinor === 0n ? noFee : branchLabels[statement.fee.branch]).ja],
  ];
  for (const [label, text] of rows) y = drawFact(flow, y, label, text);
  let baseline = y + 14;
  for (const reason of statement.fee.reasons) {
    canvas.tag('P', () => {
      const place = {
        x: X + 6,
        baseline,
        width: WIDTH - 12,
        style: textStyles.small,
        leading: 11.5,
        maxLines: 6,
      };
      baseline = drawParagraph(canvas, reason, place) + 3;
    });
  }
  return baseline - 8;
}

/** A label and its value; a value too long for the room beside the label goes below it. */
function drawFact(flow: Flow, top: number, label: Label, text: string): number {
  const { canvas } = flow;
  const style = textStyles.strong;
  const labelWidth =
    canvas.measure(label.ja, textStyles.body) + canvas.measure(label.en, textStyles.sublabel) + 24;
  const beside = canvas.measure(text, style) <= WIDTH - labelWidth;
  let y = top + ROW_HEIGHT;
  canvas.tag('P', () => {
    drawLabel(canvas, { x: X + 6, baseline: top + 10.9 }, label);
    const align = beside ? 'right' : 'left';
    const place = { x: X + 6, width: WIDTH - 12, style, leading: 11.5, align, maxLines: 3 } as const;
    const next = drawParagraph(canvas, text, { ...place, baseline: top + (beside ? 10.9 : 23.2) });
    if (!beside) y = next - 6.2;
  });
  canvas.artifact('Layout', () =>
    canvas.rule({ x: X, y }, WIDTH, { color: palette.hairline, thickness: 0.4 }),
  );
  return y;
}
