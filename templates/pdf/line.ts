import type { FontSource } from './font-source.ts';
import { canLayOut, codePointsOf, hasGlyphs, layOutGlyphs, type GlyphRun } from './glyph-run.ts';
import { substitute, type TextPiece } from './substitute.rules.ts';

/** A line of text, ready to be drawn. */
export interface Line extends GlyphRun {
  /** The line piece by piece, where its font lacks something of it; its own glyphs are then none. */
  readonly pieces?: readonly LinePiece[];
}

export interface LinePiece {
  readonly font: 'own' | 'emoji';
  readonly run: GlyphRun;
  /** Whether it is a single glyph in place of something else, which its code points tell. */
  readonly standsIn: boolean;
}

/**
 * Emoji are drawn higher and wider than letters: so much smaller, and raised by that share of the size, they fill the
 * height of a kanji.
 */
export const emojiFit = { scale: 0.9, rise: 0.07 } as const;

/** The font of a line, and that of emoji, which is opened for the first line that asks for it. */
export interface LineFonts {
  readonly own: FontSource;
  readonly emoji: FontSource;
}

/** Lays a line out in its font, and in pieces only if that lacks something. */
export function layOutLine(fonts: LineFonts, text: string): Line {
  return canLayOut(fonts.own, text) ? layOutGlyphs(fonts.own, text) : layOutPieces(fonts, text);
}

function layOutPieces(fonts: LineFonts, text: string): Line {
  const covers = {
    own: (part: string) => canLayOut(fonts.own, part),
    emoji: (part: string) =>
      hasGlyphs(fonts.emoji, part) && layOutGlyphs(fonts.emoji, part).glyphs.length === 1,
  };
  const pieces = substitute(text, covers).map((piece) => layOutPiece(fonts, piece));
  const width = pieces.reduce((sum, { run }) => sum + run.width, 0);
  return { glyphs: [], kerns: [], width, pieces };
}

function layOutPiece(fonts: LineFonts, { font, text, meant }: TextPiece): LinePiece {
  const run = layOutGlyphs(fonts[font], text);
  if (meant === undefined) return { font, run, standsIn: false };
  const glyphs = run.glyphs.map((glyph) => ({ ...glyph, codePoints: codePointsOf(meant) }));
  const width = font === 'emoji' ? run.width * emojiFit.scale : run.width;
  return { font, run: { ...run, glyphs, width }, standsIn: true };
}
