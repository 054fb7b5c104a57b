import { emojiFontFiles, fontFiles, openFont, type FontSource, type Weight } from './font-source.ts';
import type { Glyph, GlyphRun } from './glyph-run.ts';
import { layOutLine, type Line, type LineFonts } from './line.ts';
import { wrapText } from './wrap-text.ts';

/** Figures vary endlessly and need no kerning: they are composed glyph by glyph and not cached. */
const FIGURES = /^[\d.,:/%¥#*\u2212-]*$/;
const REMEMBERED_LINES_MAX = 4_000;
const REMEMBERED_PARAGRAPHS_MAX = 1_000;

/**
 * A parsed font, shared by all documents of a thread: reading and parsing the 5 MB file costs more than
 * drawing a page. Lines of words repeat from document to document, so their layout is cached, and so are texts of
 * several lines. The emoji font is read at the first emoji.
 */
export class Typeface implements LineFonts {
  readonly own: FontSource;
  readonly #openEmoji: () => FontSource;
  readonly #remembers: boolean;
  readonly #lines = new Map<string, Line>();
  readonly #paragraphs = new Map<string, readonly string[]>();
  readonly #figures = new Map<string, Glyph>();
  #emoji: FontSource | undefined;

  /** @param remembers false for a typeface of secrets: none stays in memory after its document. */
  constructor(own: FontSource, openEmoji: () => FontSource, remembers = true) {
    this.own = own;
    this.#remembers = remembers;
    this.#openEmoji = openEmoji;
  }

  get emoji(): FontSource {
    return (this.#emoji ??= this.#openEmoji());
  }

  /** Glyphs of one line of text. */
  line(text: string): Line {
    if (FIGURES.test(text)) return this.#figureRun(text);
    if (!this.#remembers) return layOutLine(this, text);
    let line = this.#lines.get(text);
    if (!line) {
      if (this.#lines.size >= REMEMBERED_LINES_MAX) this.#lines.clear();
      line = layOutLine(this, text);
      this.#lines.set(text, line);
    }
    return line;
  }

  /** Width of one line of text in points. */
  width(text: string, size: number): number {
    return (this.line(text).width * size) / 1000;
  }

  /** Breaks the text into lines of at most `width` points. */
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
      const { id, advanceWidth } = this.own.glyphForCodePoint(codePoint);
      const advance = (advanceWidth * 1000) / this.own.unitsPerEm;
      glyph = { id, advance, codePoints: [codePoint] };
      this.#figures.set(character, glyph);
    }
    return glyph;
  }
}

const typefaces = new Map<Weight, Typeface>();

/** The typeface of a weight, read and parsed at its first use in this thread. */
export function getTypeface(weight: Weight): Typeface {
  let typeface = typefaces.get(weight);
  if (!typeface) {
    const openEmoji = () => openFont(emojiFontFiles[weight]);
    typeface = new Typeface(openFont(fontFiles[weight]), openEmoji, weight !== 'code');
    typefaces.set(weight, typeface);
  }
  return typeface;
}
