import { DocumentFont } from './document-font.ts';
import type { FurtherFont, Weight } from './font-source.ts';
import type { GlyphRun } from './glyph-run.ts';
import { emojiFit, type LinePiece } from './line.ts';
import { short } from './short.ts';
import { getTypeface, type Typeface } from './typeface.ts';

/** A typeface in one document: its font, and those that help out once they are drawn. */
export class DocumentTypeface {
  readonly typeface: Typeface;
  readonly #document: PDFKit.PDFDocument;
  readonly #own: DocumentFont;
  readonly #helping = new Map<FurtherFont | 'emoji', DocumentFont>();

  constructor(document: PDFKit.PDFDocument, weight: Weight) {
    this.typeface = getTypeface(weight);
    this.#document = document;
    this.#own = new DocumentFont(document, this.typeface.own);
  }

  /** Its font as an entry of a resource dictionary. */
  get resource(): [string, PDFKit.PDFKitReference] {
    return [this.#own.id, this.#own.reference];
  }

  /** A line of text as the operators of a text object: selects the font first; `place` sets the position. */
  operators(text: string, size: number, place: string): string {
    const line = this.typeface.line(text);
    const begin = `/${this.#own.id} ${size} Tf ${place}`;
    if (!line.pieces) return `${begin} ${this.#own.show(line)}`;
    return [begin, ...line.pieces.map((piece) => this.#showPiece(piece, size))].join(' ');
  }

  #showPiece({ font, run, standsIn }: LinePiece, size: number): string {
    if (font !== 'own') return this.#showHelping(font, { run, standsIn }, size);
    if (!standsIn) return this.#own.show(run);
    return run.glyphs.map((glyph) => this.#own.showStandIn(glyph)).join(' ');
  }

  /** Selects the font for one piece and then its own again. A page lists only the fonts that it uses. */
  #showHelping(
    font: FurtherFont | 'emoji',
    { run, standsIn }: { readonly run: GlyphRun; readonly standsIn: boolean },
    size: number,
  ): string {
    let helping = this.#helping.get(font);
    if (!helping) {
      helping = new DocumentFont(this.#document, this.typeface.helping(font));
      this.#helping.set(font, helping);
    }
    this.#document.page.fonts[helping.id] = helping.reference;
    const own = `/${this.#own.id} ${size} Tf`;
    if (!standsIn) return `/${helping.id} ${size} Tf ${helping.show(run)} ${own}`;
    const chosen = `/${helping.id} ${short(size * emojiFit.scale)} Tf ${short(size * emojiFit.rise)} Ts`;
    const glyphs = run.glyphs.map((glyph) => helping.showStandIn(glyph)).join(' ');
    return `${chosen} ${glyphs} 0 Ts ${own}`;
  }
}
