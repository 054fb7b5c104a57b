import type { FontSource } from './font-source.ts';

/** pdfkit's data about a font of one document. */
export interface EngineFont {
  readonly id: string;
  /** `glyphs` are those of the font file, by their number in the embedded font. */
  readonly subset: { readonly glyphs: number[]; includeGlyph(glyphId: number): number };
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  ref(): PDFKit.PDFKitReference;
}

/**
 * Members of pdfkit that its types omit. Its version is pinned exactly; the specs that read the
 * drawn pages back fail when a new version changes one of these.
 */
declare global {
  namespace PDFKit {
    interface PDFDocument {
      readonly _font: EngineFont;
    }
    namespace Mixins {
      interface PDFFont {
        font(parsed: FontSource): this;
      }
    }
  }
}
