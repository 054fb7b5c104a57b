import type { Align, Canvas, TextStyle } from './canvas.ts';
import { textStyles } from './palette.ts';
import { wrapText } from './text-fit.ts';

/** A Japanese label and its small English companion. */
export interface Label {
  readonly ja: string;
  readonly en: string;
}

const GAP = 5;

/** Draws both words of a label on one baseline, the English one small and grey behind the Japanese one. */
export function drawLabel(
  canvas: Canvas,
  at: { x: number; baseline: number },
  label: Label,
  style: TextStyle = textStyles.body,
): void {
  canvas.text(label.ja, at, style);
  const x = at.x + canvas.measure(label.ja, style) + GAP;
  canvas.text(label.en, { x, baseline: at.baseline }, textStyles.sublabel);
}

/** Where a line of text stands when its capitals and figures are to be centred in a row. */
export function centredBaseline(top: number, height: number, size: number): number {
  return top + height / 2 + size * 0.36;
}

export interface Paragraph {
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
  readonly style: TextStyle;
  readonly leading: number;
  readonly maxLines?: number;
  readonly align?: Align;
}

/** Draws a text in as many lines as it needs and returns the baseline that would come next. */
export function drawParagraph(canvas: Canvas, text: string, place: Paragraph): number {
  const lines = wrapText(text, place.width, (part) => canvas.measure(part, place.style), place.maxLines);
  const x = place.align === 'right' ? place.x + place.width : place.x;
  let { baseline } = place;
  for (const line of lines) {
    canvas.text(line, { x, baseline, align: place.align ?? 'left' }, place.style);
    baseline += place.leading;
  }
  return baseline;
}
