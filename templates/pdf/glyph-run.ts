import type { FontSource } from './font-source.ts';

/** One glyph of the whole font file: its number there, its advance in 1/1000 em, the text it stands for. */
export interface Glyph {
  readonly id: number;
  readonly advance: number;
  readonly codePoints: readonly number[];
}

/** Text as glyphs of one font. `kerns[i]` widens (+) or narrows (−) the gap after glyph i, in 1/1000 em. */
export interface GlyphRun {
  readonly glyphs: readonly Glyph[];
  readonly kerns: readonly number[];
  readonly width: number;
}

/** Lays a text out that the font has glyphs for. */
export function layOutGlyphs(source: FontSource, text: string): GlyphRun {
  const perMille = (units: number): number => (units * 1000) / source.unitsPerEm;
  const { glyphs, positions } = source.layout(text);
  const codePoints = codePointsOf(text);
  // A glyph that serves two characters remembers the one it met first in the thread. The text itself
  // tells which one this document means; only ligatures need the glyph's own memory.
  const oneToOne = codePoints.length === glyphs.length;
  const laidOut = glyphs.map((glyph, index) => ({
    id: glyph.id,
    advance: perMille(glyph.advanceWidth),
    codePoints: oneToOne ? [codePoints[index] ?? 0] : glyph.codePoints,
  }));
  const kerns = laidOut.map((glyph, i) => perMille(positions[i]?.xAdvance ?? 0) - glyph.advance);
  const width = laidOut.reduce((sum, glyph, index) => sum + glyph.advance + (kerns[index] ?? 0), 0);
  return { glyphs: laidOut, kerns, width };
}

/** They choose a form of the character before them and have no glyph of their own. */
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

/** Whether the font has a glyph for every character of a text. */
export function hasGlyphs(source: FontSource, text: string): boolean {
  return codePointsOf(text.replace(SELECTORS, '')).every((code) => source.hasGlyphForCodePoint(code));
}

/**
 * Whether the font can be given a text to lay out. It must not be shown what it lacks, nor a character that is not seen:
 * fontkit hides such a one and, as it remembers a glyph by the character it met first, from then on every other that
 * shares its glyph: all missing ones after a joiner, all hyphens after a soft hyphen.
 */
export function canLayOut(source: FontSource, text: string): boolean {
  return !UNSEEN.test(text.replace(SELECTORS, '')) && hasGlyphs(source, text);
}

export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
