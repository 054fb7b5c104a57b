import type { FontSource } from './font-source.ts';

/** One glyph of the font file: its number, its advance in 1/1000 em, the text it represents. */
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

/** Lays out a text for which the font has all glyphs. */
export function layOutGlyphs(source: FontSource, text: string): GlyphRun {
  const perMille = (units: number): number => (units * 1000) / source.unitsPerEm;
  const { glyphs, positions } = source.layout(text);
  const codePoints = codePointsOf(text);
  // A glyph for two characters remembers the first one in the thread. The text itself determines the character
  // that this document means; only ligatures need the glyph's own value.
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

/** They select a form of the character before them and have no glyph of their own. */
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

/** Whether the font has a glyph for every character of a text. */
export function hasGlyphs(source: FontSource, text: string): boolean {
  return codePointsOf(text.replace(SELECTORS, '')).every((code) => source.hasGlyphForCodePoint(code));
}

/**
 * Whether the font may lay out a text. It must not get characters that it lacks, nor invisible ones: fontkit hides an
 * invisible character and, because it caches a glyph by its first character, from then on every other one with that glyph:
 * all missing ones after a joiner, all hyphens after a soft hyphen.
 */
export function canLayOut(source: FontSource, text: string): boolean {
  return !UNSEEN.test(text.replace(SELECTORS, '')) && hasGlyphs(source, text);
}

export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
