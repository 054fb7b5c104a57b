import type { Canvas } from './canvas.ts';
import { drawLabel, type Label } from './label.ts';
import { palette, textStyles } from './palette.ts';

/** Height of a section title with the space below it. */
export const SECTION_TITLE_HEIGHT = 22;

/** Draws a section's title, with a rule below it unless a table's head follows, which has its own. */
export function drawSectionTitle(
  canvas: Canvas,
  place: { x: number; y: number; width: number },
  label: Label,
  ruled = false,
): void {
  canvas.tag('H2', () =>
    drawLabel(canvas, { x: place.x, baseline: place.y + 12 }, label, textStyles.section),
  );
  if (!ruled) return;
  canvas.artifact('Layout', () =>
    canvas.rule({ x: place.x, y: place.y + 18 }, place.width, { color: palette.navy, thickness: 0.8 }),
  );
}
