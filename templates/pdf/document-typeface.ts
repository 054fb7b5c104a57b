import { DocumentFont } from './document-font.ts';
import type { Weight } from './font-source.ts';
import type { Glyph } from './glyph-run.ts';
import { emojiFit, type LinePiece } from './line.ts';
import { short } from './short.ts';
import { getTypeface, type Typeface } from './typeface.ts';

/** A typeface in one document: its font, and that of emoji once one is drawn. */
export class DocumentTypeface {
  readonly typeface: Typeface;
  readonly #document: PDFKit.PDFDocument;
  readonly #own: DocumentFont;
  #emoji: DocumentFont | undefined;

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
    if (!standsIn) return this.#own.show(run);
    return run.glyphs
      .map((glyph) => (font === 'own' ? this.#own.showStandIn(glyph) : this.#showEmoji(glyph, size)))
      .join(' ');
  }

  /** Selects the font for one glyph and then its own again. A page lists only the fonts that it uses. */
  #showEmoji(glyph: Glyph, size: number): string {
    this.#emoji ??= new DocumentFont(this.#document, this.typeface.emoji);
    this.#document.page.fonts[this.#emoji.id] = this.#emoji.reference;
    const chosen = `/${this.#emoji.id} ${short(size * emojiFit.scale)} Tf ${short(size * emojiFit.rise)} Ts`;
    return `${chosen} ${this.#emoji.showStandIn(glyph)} 0 Ts /${this.#own.id} ${size} Tf`;
  }
}
