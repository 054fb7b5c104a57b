import type { EngineFont } from './pdfkit-internals.ts';
import { getTypeface, type GlyphRun, type Typeface, type Weight } from './typeface.ts';

/**
 * A typeface as embedded in one document: it numbers the glyphs that were really drawn, so that pdfkit
 * embeds these alone, and writes runs as the hexadecimal strings of a content stream.
 */
export class DocumentFont {
  readonly typeface: Typeface;
  readonly id: string;
  readonly reference: PDFKit.PDFKitReference;
  readonly #engine: EngineFont;
  readonly #codes: string[] = [];

  constructor(document: PDFKit.PDFDocument, weight: Weight) {
    this.typeface = getTypeface(weight);
    document.font(this.typeface.source);
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

  #include(glyph: GlyphRun['glyphs'][number]): string {
    const number = this.#engine.subset.includeGlyph(glyph.id);
    this.#engine.widths[number] ??= glyph.advance;
    this.#engine.unicode[number] ??= glyph.codePoints;
    const code = number.toString(16).padStart(4, '0');
    this.#codes[glyph.id] = code;
    return code;
  }
}
