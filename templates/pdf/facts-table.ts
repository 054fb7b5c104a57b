import type { Flow } from './flow.ts';
import { drawLabel, drawLines, type Label } from './label.ts';
import type { Fact } from './letterhead.ts';
import { frame } from './page-frame.ts';
import { palette, textStyles } from './palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from './section-title.ts';

const VALUE_X = frame.left + 152;
const PADDING = 6;
const ROW_HEIGHT = 19;
const LEADING = 12;

/** A section of labels with their values, one below the other; a long value takes several lines. Kept on one page. */
export function drawFacts(
  flow: Flow,
  section: { readonly title: Label; readonly facts: readonly Fact[] },
): void {
  const { canvas } = flow;
  const rows = section.facts
    .filter(({ text }) => text !== '')
    .map((fact) => ({
      ...fact,
      lines: canvas.wrap(fact.text, frame.right - VALUE_X - PADDING, textStyles.body),
    }));
  flow.ensure(rows.reduce((sum, { lines }) => sum + heightOf(lines), SECTION_TITLE_HEIGHT));
  drawSectionTitle(canvas, { x: frame.left, y: flow.y, width: frame.width }, section.title, true);
  flow.advance(SECTION_TITLE_HEIGHT - 4);
  for (const { label, lines } of rows) {
    const baseline = flow.y + 12.6;
    canvas.tag('P', () => {
      drawLabel(canvas, { x: frame.left + PADDING, baseline }, label, textStyles.quietLabel);
      drawLines(canvas, lines, { x: VALUE_X, baseline, style: textStyles.body, leading: LEADING });
    });
    flow.advance(heightOf(lines));
    const look = { color: palette.hairline, thickness: 0.4 };
    canvas.artifact('Layout', () => canvas.rule({ x: frame.left, y: flow.y }, frame.width, look));
  }
}

function heightOf(lines: readonly string[]): number {
  return ROW_HEIGHT + (lines.length - 1) * LEADING;
}
