import type { FontSource } from './font-source.ts';

/** What pdfkit keeps for a font of one document. */
export interface EngineFont {
  readonly id: string;
  /** `glyphs` are those of the font file, by their number in the embedded font. */
  readonly subset: { readonly glyphs: number[]; includeGlyph(glyphId: number): number };
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  ref(): PDFKit.PDFKitReference;
}

/**
 * Members that pdfkit has but its types do not tell. Its version is pinned exactly; the specs that read the
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
