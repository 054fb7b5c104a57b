import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rememberOutlines } from './remember-outlines.ts';
import { wrapText } from './wrap-text.ts';

/** One glyph of the whole font file: its number there, its advance in 1/1000 em, the text it stands for. */
export interface Glyph {
  readonly id: number;
  readonly advance: number;
  readonly codePoints: readonly number[];
}

/** Text as glyphs. `kerns[i]` widens (+) or narrows (−) the gap after glyph i, in 1/1000 em. */
export interface GlyphRun {
  readonly glyphs: readonly Glyph[];
  readonly kerns: readonly number[];
  readonly width: number;
}

/** The part of a fontkit font this folder relies on; pdfkit takes such an object in place of a file. */
export interface FontSource {
  readonly unitsPerEm: number;
  layout(text: string): { glyphs: FontGlyph[]; positions: { xAdvance: number }[] };
  glyphForCodePoint(codePoint: number): FontGlyph;
}

interface FontGlyph {
  id: number;
  advanceWidth: number;
  codePoints: number[];
}

/** Figures come in endless variety and need no kerning: they are composed glyph by glyph, never remembered. */
const FIGURES = /^[\d.,:/%¥#*\u2212-]*$/;
const REMEMBERED_RUNS_MAX = 4_000;
const REMEMBERED_PARAGRAPHS_MAX = 1_000;

/**
 * A parsed font, shared by all documents of a thread: reading and parsing the 5 MB file costs more than
 * drawing a page. Runs of words, which repeat from document to document, are laid out once, and so are the lines of
 * what takes several.
 */
export class Typeface {
  readonly source: FontSource;
  readonly #runs = new Map<string, GlyphRun>();
  readonly #paragraphs = new Map<string, readonly string[]>();
  readonly #figures = new Map<string, Glyph>();

  constructor(source: FontSource) {
    this.source = source;
  }

  /** Glyphs of one line of text. */
  run(text: string): GlyphRun {
    if (FIGURES.test(text)) return this.#figureRun(text);
    let run = this.#runs.get(text);
    if (!run) {
      if (this.#runs.size >= REMEMBERED_RUNS_MAX) this.#runs.clear();
      run = this.#layOut(text);
      this.#runs.set(text, run);
    }
    return run;
  }

  /** Width of one line of text in points. */
  width(text: string, size: number): number {
    return (this.run(text).width * size) / 1000;
  }

  /** The text in lines of at most `width` points. */
  wrap(text: string, width: number, size: number): readonly string[] {
    if (this.width(text, size) <= width) return [text];
    const key = `${size}/${width}/${text}`;
    let lines = this.#paragraphs.get(key);
    if (!lines) {
      if (this.#paragraphs.size >= REMEMBERED_PARAGRAPHS_MAX) this.#paragraphs.clear();
      lines = wrapText(text, width, (part) => this.width(part, size));
      this.#paragraphs.set(key, lines);
    }
    return lines;
  }

  #figureRun(text: string): GlyphRun {
    const glyphs: Glyph[] = [];
    let width = 0;
    for (const character of text) {
      const glyph = this.#figure(character);
      glyphs.push(glyph);
      width += glyph.advance;
    }
    return { glyphs, kerns: [], width };
  }

  #figure(character: string): Glyph {
    let glyph = this.#figures.get(character);
    if (!glyph) {
      const codePoint = character.codePointAt(0) ?? 0;
      const { id, advanceWidth } = this.source.glyphForCodePoint(codePoint);
      glyph = { id, advance: this.#perMille(advanceWidth), codePoints: [codePoint] };
      this.#figures.set(character, glyph);
    }
    return glyph;
  }

  #layOut(text: string): GlyphRun {
    const { glyphs, positions } = this.source.layout(text);
    const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    // A glyph that serves two characters remembers the one it met first in the thread. The text itself
    // tells which one this document means; only ligatures need the glyph's own memory.
    const oneToOne = codePoints.length === glyphs.length;
    const laidOut = glyphs.map((glyph, index) => ({
      id: glyph.id,
      advance: this.#perMille(glyph.advanceWidth),
      codePoints: oneToOne ? [codePoints[index] ?? 0] : glyph.codePoints,
    }));
    const kerns = laidOut.map((glyph, i) => this.#perMille(positions[i]?.xAdvance ?? 0) - glyph.advance);
    const width = laidOut.reduce((sum, glyph, index) => sum + glyph.advance + (kerns[index] ?? 0), 0);
    return { glyphs: laidOut, kerns, width };
  }

  #perMille(units: number): number {
    return (units * 1000) / this.source.unitsPerEm;
  }
}

/** The font files by weight, as module paths. */
export const fontFiles = {
  regular: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
} as const;

export type Weight = keyof typeof fontFiles;

const require = createRequire(import.meta.url);
const typefaces = new Map<Weight, Typeface>();

/** The typeface of a weight, read and parsed at its first use in this thread. */
export function getTypeface(weight: Weight): Typeface {
  let typeface = typefaces.get(weight);
  if (!typeface) {
    typeface = new Typeface(openFont(readFileSync(require.resolve(fontFiles[weight]))));
    typefaces.set(weight, typeface);
  }
  return typeface;
}

interface FontKit {
  create(file: Uint8Array): FontSource & Parameters<typeof rememberOutlines>[0];
}

/** pdfkit's own fontkit parses the file: a font object of another copy would be a stranger to it. */
function openFont(file: Uint8Array): FontSource {
  const fontkit: FontKit = createRequire(require.resolve('pdfkit'))('fontkit');
  const font = fontkit.create(file);
  rememberOutlines(font);
  return font;
}
