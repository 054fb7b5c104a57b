import type { Flow } from './flow.ts';
import { drawLabel, drawParagraph, type Label } from './label.ts';
import type { Fact } from './letterhead.ts';
import { frame } from './page-frame.ts';
import { palette, textStyles } from './palette.ts';

const HEIGHT = 66;
const FACTS_X = 270;
const VALUE_X = 372;
const LEADING = 16;

/** The figure that the reader looks for, on a tint, with up to three facts beside it. */
export function drawAmountPanel(
  flow: Flow,
  panel: { readonly label: Label; readonly amount: string; readonly facts: readonly Fact[] },
): void {
  const { canvas } = flow;
  const top = flow.y;
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height: HEIGHT }, palette.tint);
    canvas.fillBox({ x: frame.left, y: top, width: 3, height: HEIGHT }, palette.navy);
  });
  canvas.tag('P', () => {
    const x = frame.left + 16;
    drawLabel(canvas, { x, baseline: top + 20 }, panel.label, textStyles.section);
    canvas.text(panel.amount, { x, baseline: top + 50 }, textStyles.payout);
  });
  let baseline = top + HEIGHT / 2 + 3 - ((panel.facts.length - 1) * LEADING) / 2;
  for (const { label, text } of panel.facts) {
    canvas.tag('P', () => {
      drawLabel(canvas, { x: FACTS_X, baseline }, label, textStyles.small);
      const width = frame.right - VALUE_X - 10;
      drawParagraph(canvas, text, { x: VALUE_X, width, baseline, style: textStyles.strong, leading: 11.5 });
    });
    baseline += LEADING;
  }
  flow.y = top + HEIGHT;
}
