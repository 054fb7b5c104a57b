import { furtherFonts, type FontSource, type FurtherFont } from './font-source.ts';
import { canLayOut, codePointsOf, hasGlyphs, layOutGlyphs, type GlyphRun } from './glyph-run.ts';
import { substitute, type PieceFont, type TextPiece } from './substitute.rules.ts';

/** A line of text, laid out. */
export interface Line extends GlyphRun {
  /** The pieces of a line for which its font lacks characters; its own glyphs are then empty. */
  readonly pieces?: readonly LinePiece[];
}

export interface LinePiece {
  readonly font: PieceFont;
  readonly run: GlyphRun;
  /** Whether it is a single glyph that replaces the characters in its code points. */
  readonly standsIn: boolean;
}

/**
 * Emoji are drawn higher and wider than letters: scaled and raised by these shares of the size, they have the
 * height of a kanji.
 */
export const emojiFit = { scale: 0.9, rise: 0.07 } as const;

/** The font of a line, and those that help out, each opened for the first line that needs it. */
export interface LineFonts {
  readonly own: FontSource;
  helping(font: FurtherFont | 'emoji'): FontSource;
}

/** Lays out a line in its font, or in pieces if the font lacks characters. */
export function layOutLine(fonts: LineFonts, text: string): Line {
  return canLayOut(fonts.own, text) ? layOutGlyphs(fonts.own, text) : layOutPieces(fonts, text);
}

const MARKS = /\p{M}/u;
/** What names are written in; marks and invisible characters are not. */
const LETTERS = /^[\p{L}\p{N}\p{P}\p{S}]+$/u;

function layOutPieces(fonts: LineFonts, text: string): Line {
  const covers = {
    own: (part: string) => canLayOut(fonts.own, part),
    // A combining mark has its place by tables that are not read here: a letter with one counts only if it is one character.
    further: (part: string) =>
      LETTERS.test(part) && !MARKS.test(part)
        ? furtherFonts.find((font) => canLayOut(fonts.helping(font), part))
        : undefined,
    emoji: (part: string) => {
      const font = fonts.helping('emoji');
      return hasGlyphs(font, part) && layOutGlyphs(font, part).glyphs.length === 1;
    },
  };
  const pieces = substitute(text, covers).map((piece) => layOutPiece(fonts, piece));
  const width = pieces.reduce((sum, { run }) => sum + run.width, 0);
  return { glyphs: [], kerns: [], width, pieces };
}

function layOutPiece(fonts: LineFonts, { font, text, meant }: TextPiece): LinePiece {
  const run = layOutGlyphs(font === 'own' ? fonts.own : fonts.helping(font), text);
  if (meant === undefined) return { font, run, standsIn: false };
  const glyphs = run.glyphs.map((glyph) => ({ ...glyph, codePoints: codePointsOf(meant) }));
  const width = font === 'emoji' ? run.width * emojiFit.scale : run.width;
  return { font, run: { ...run, glyphs, width }, standsIn: true };
}
