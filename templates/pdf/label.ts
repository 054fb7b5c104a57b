import type { Align, Canvas, TextStyle } from './canvas.ts';
import { textStyles } from './palette.ts';

/** A Japanese label and its small English companion. */
export interface Label {
  readonly ja: string;
  readonly en: string;
}

const GAP = 5;

/** Draws both words of a label on one baseline, the English one small and grey after the Japanese one. */
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

/** The baseline that centres capitals and figures in a row. */
export function centredBaseline(top: number, height: number, size: number): number {
  return top + height / 2 + size * 0.36;
}

/** Horizontal position of lines of text: from `x`, up to it or around it, by their alignment. */
export interface Lines {
  readonly x: number;
  readonly baseline: number;
  readonly style: TextStyle;
  readonly leading: number;
  readonly align?: Align;
}

/** Draws lines one below the other and returns the next baseline. */
export function drawLines(canvas: Canvas, lines: readonly string[], place: Lines): number {
  const { x, style, align = 'left' } = place;
  let { baseline } = place;
  for (const line of lines) {
    canvas.text(line, { x, baseline, align }, style);
    baseline += place.leading;
  }
  return baseline;
}

/** Draws a text in as many lines as it needs and returns the next baseline. */
export function drawParagraph(
  canvas: Canvas,
  text: string,
  place: Lines & { readonly width: number },
): number {
  return drawLines(canvas, canvas.wrap(text, place.width, place.style), place);
}
