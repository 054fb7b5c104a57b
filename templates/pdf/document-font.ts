import type { FontSource } from './font-source.ts';
import type { Glyph, GlyphRun } from './glyph-run.ts';
import type { EngineFont } from './pdfkit-internals.ts';

/**
 * A font as embedded in one document: it numbers the glyphs that are drawn, so that pdfkit
 * embeds only these, and writes runs as hexadecimal strings of a content stream.
 */
export class DocumentFont {
  readonly id: string;
  readonly reference: PDFKit.PDFKitReference;
  readonly #engine: EngineFont;
  readonly #codes: string[] = [];
  readonly #standIns = new Map<string, string>();

  constructor(document: PDFKit.PDFDocument, source: FontSource) {
    document.font(source);
    // oxlint-disable-next-line no-underscore-dangle -- pdfkit gives the open font no other name
    this.#engine = document._font;
    this.id = this.#engine.id;
    this.reference = this.#engine.ref();
  }

  /** The operand and operator that show the run: `<00010002> Tj`, or an array with kerning and `TJ`. */
  show(run: GlyphRun): string {
    let text = '<';
    let kerned = false;
    for (let i = 0; i < run.glyphs.length; i++) {
      const glyph = run.glyphs[i]!;
      text += this.#codes[glyph.id] ?? this.#include(glyph);
      const kern = run.kerns[i];
      if (kern && i + 1 < run.glyphs.length) {
        kerned = true;
        text += `>${-Math.round(kern)}<`;
      }
    }
    return kerned ? `[${text}>] TJ` : `${text}> Tj`;
  }

  /**
   * Like `code`, for a glyph that replaces some text. It is embedded once for each text, as if it were another glyph, because
   * readers find its meaning by its number.
   */
  showStandIn(glyph: Glyph): string {
    const key = [glyph.id, ...glyph.codePoints].join(' ');
    let code = this.#standIns.get(key);
    if (!code)
      this.#standIns.set(key, (code = this.#enter(this.#engine.subset.glyphs.push(glyph.id) - 1, glyph)));
    return `<${code}> Tj`;
  }

  #include(glyph: Glyph): string {
    const code = this.#enter(this.#engine.subset.includeGlyph(glyph.id), glyph);
    this.#codes[glyph.id] = code;
    return code;
  }

  /** The code of the glyph of that number in the embedded font. */
  #enter(number: number, glyph: Glyph): string {
    this.#engine.widths[number] ??= glyph.advance;
    this.#engine.unicode[number] ??= glyph.codePoints;
    return number.toString(16).padStart(4, '0');
  }
}
