import {
  fontFiles,
  helpingFontFile,
  openFont,
  type FontSource,
  type FurtherFont,
  type Weight,
} from './font-source.ts';
import type { Glyph, GlyphRun } from './glyph-run.ts';
import { layOutLine, type Line, type LineFonts } from './line.ts';
import { wrapText } from './wrap-text.ts';

/** Figures vary endlessly and need no kerning: they are composed glyph by glyph and not cached. */
const FIGURES = /^[\d.,:/%¥#*\u2212-]*$/;
const REMEMBERED_LINES_MAX = 4_000;
const REMEMBERED_PARAGRAPHS_MAX = 1_000;

type HelpingFont = FurtherFont | 'emoji';
type OpenFont = (font: HelpingFont) => FontSource;

/** Parsed fonts that help out, by file: the codes of letters share those of regular texts. */
const opened = new Map<string, FontSource>();

function openHelping(font: HelpingFont, weight: Weight): FontSource {
  const file = helpingFontFile(font, weight);
  let source = opened.get(file);
  if (!source) opened.set(file, (source = openFont(file)));
  return source;
}

/**
 * A parsed font, shared by all documents of a thread: reading and parsing the 5 MB file costs more than
 * drawing a page. Lines of words repeat from document to document, so their layout is cached, and so are texts of
 * several lines. The fonts that help out are read at the first character that needs them.
 */
export class Typeface implements LineFonts {
  readonly own: FontSource;
  readonly #open: OpenFont;
  readonly #remembers: boolean;
  readonly #lines = new Map<string, Line>();
  readonly #paragraphs = new Map<string, readonly string[]>();
  readonly #figures = new Map<string, Glyph>();
  readonly #helping = new Map<HelpingFont, FontSource>();

  /** @param remembers false for a typeface of secrets: none stays in memory after its document. */
  constructor(own: FontSource, open: OpenFont, remembers = true) {
    this.own = own;
    this.#remembers = remembers;
    this.#open = open;
  }

  helping(font: HelpingFont): FontSource {
    let source = this.#helping.get(font);
    if (!source) this.#helping.set(font, (source = this.#open(font)));
    return source;
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
    const open = (font: HelpingFont) => openHelping(font, weight);
    typeface = new Typeface(openFont(fontFiles[weight]), open, weight !== 'code');
    typefaces.set(weight, typeface);
  }
  return typeface;
}
