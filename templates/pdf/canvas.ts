import { DocumentTypeface } from './document-typeface.ts';
import type { Weight } from './font-source.ts';
import { short } from './short.ts';

/** Style of a text. `color` has the shares of red, green and blue from 0 to 1: `'0.1 0.2 0.3'`. */
export interface TextStyle {
  readonly weight: Weight;
  /** In points. */
  readonly size: number;
  readonly color: string;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Artifact = 'Pagination' | 'Layout';
export type StructureType = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD';

/**
 * Draws on the pages of one pdfkit document. Coordinates are points from the top left corner; text is
 * placed by its baseline. Pages are A4 and are written to the output as soon as the next one begins.
 *
 * pdfkit's own text calls measure, wrap and save the graphics state for every cell. The canvas writes only the operators
 * that a line of text needs and passes a page to pdfkit in one piece.
 */
export class Canvas {
  static readonly width = 595.28;
  static readonly height = 841.89;
  readonly document: PDFKit.PDFDocument;
  readonly #typefaces: Partial<Record<Weight, DocumentTypeface>>;
  readonly #structure: PDFKit.PDFStructureElement[] = [];
  #operators: string[] = [];
  #fill = '';
  #pageCount = 0;

  constructor(document: PDFKit.PDFDocument) {
    this.document = document;
    this.#typefaces = {
      regular: new DocumentTypeface(document, 'regular'),
      bold: new DocumentTypeface(document, 'bold'),
    };
    const root = document.struct('Document');
    document.addStructure(root);
    this.#structure.push(root);
  }

  get pageCount(): number {
    return this.#pageCount;
  }

  /** The fonts as a resource dictionary, for content outside a page. */
  get fontResources(): Record<string, PDFKit.PDFKitReference> {
    return Object.fromEntries(Object.values(this.#typefaces).map((typeface) => typeface.resource));
  }

  beginPage(): void {
    this.flush();
    this.document.addPage({ size: 'A4', margin: 0 });
    Object.assign(this.document.page.fonts, this.fontResources);
    this.#pageCount++;
    this.#fill = '';
  }

  /** Width of one line of text in points. */
  measure(text: string, style: TextStyle): number {
    return this.#typefaceOf(style).typeface.width(text, style.size);
  }

  /** Breaks a text into lines of at most `width` points. */
  wrap(text: string, width: number, style: TextStyle): readonly string[] {
    return this.#typefaceOf(style).typeface.wrap(text, width, style.size);
  }

  text(text: string, at: { x: number; baseline: number; align?: Align }, style: TextStyle): void {
    if (text === '') return;
    const shift = at.align === 'right' ? 1 : at.align === 'center' ? 0.5 : 0;
    const x = shift === 0 ? at.x : at.x - shift * this.measure(text, style);
    this.#color(style.color);
    this.#operators.push(this.textOperators(text, { x, baseline: at.baseline }, style));
  }

  /** A line of text as content-stream operators, for content outside a page. `slope` turns it to rise, in degrees. */
  textOperators(text: string, at: { x: number; baseline: number; slope?: number }, style: TextStyle): string {
    const angle = ((at.slope ?? 0) * Math.PI) / 180;
    const [cos, sin] = [short(Math.cos(angle)), short(Math.sin(angle))];
    const turn = sin === 0 ? '1 0 0 -1' : `${cos} ${-sin} ${-sin} ${-cos}`;
    const place = `${turn} ${short(at.x)} ${short(at.baseline)} Tm`;
    return `BT ${this.#typefaceOf(style).operators(text, style.size, place)} ET`;
  }

  /** A filled rectangle; rules are thin rectangles too, because they print at their exact position. */
  fillBox(box: Box, color: string): void {
    this.#color(color);
    this.#operators.push(`${short(box.x)} ${short(box.y)} ${short(box.width)} ${short(box.height)} re f`);
  }

  rule(from: { x: number; y: number }, width: number, look: { color: string; thickness: number }): void {
    this.fillBox({ x: from.x, y: from.y - look.thickness / 2, width, height: look.thickness }, look.color);
  }

  draw(operators: string): void {
    this.#operators.push(operators);
  }

  /** Tags what `content` draws as one element of the reading order. For elements with children use `group`. */
  tag(type: StructureType, content: () => void): void {
    this.flush();
    const element = this.document.struct(type);
    this.#structure.at(-1)?.add(element);
    element.add(this.document.markStructureContent(type));
    this.#enclose(content);
    element.end();
  }

  /** Opens an element that contains the elements tagged within `content`. */
  group(type: StructureType, content: () => void): void {
    const element = this.document.struct(type);
    this.#structure.at(-1)?.add(element);
    this.#structure.push(element);
    content();
    this.#structure.pop();
    element.end();
  }

  /** Tags decoration, headers and footers, which a screen reader skips. */
  artifact(kind: Artifact, content: () => void): void {
    this.flush();
    this.document.markContent('Artifact', { type: kind });
    this.#enclose(content);
  }

  /** Ends the last page. The document itself is ended by its owner. */
  finish(): void {
    this.flush();
    this.#structure[0]?.end();
  }

  flush(): void {
    if (this.#operators.length === 0) return;
    this.document.addContent(this.#operators.join('\n'));
    this.#operators = [];
  }

  #enclose(content: () => void): void {
    content();
    this.flush();
    this.document.endMarkedContent();
  }

  /** Regular and bold are in every document; a further typeface is from the first text that needs it. */
  #typefaceOf({ weight }: TextStyle): DocumentTypeface {
    let typeface = this.#typefaces[weight];
    if (!typeface) {
      typeface = new DocumentTypeface(this.document, weight);
      this.#typefaces[weight] = typeface;
      if (this.#pageCount > 0) Object.assign(this.document.page.fonts, this.fontResources);
    }
    return typeface;
  }

  #color(color: string): void {
    if (this.#fill === color) return;
    this.#operators.push(`${color} rg`);
    this.#fill = color;
  }
}

export type Align = 'left' | 'center' | 'right';
