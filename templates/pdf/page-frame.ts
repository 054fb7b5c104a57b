import { Canvas } from './canvas.ts';
import { palette, textStyles } from './palette.ts';
import { fitText } from './text-fit.ts';

export const frame = {
  left: 46,
  right: Canvas.width - 46,
  width: Canvas.width - 92,
  /** Where the content of the first page and of the later pages begins, and where all of them end. */
  firstTop: 38,
  laterTop: 66,
  bottom: 784,
} as const;

const FOOTER_RULE_Y = 797;
const FOOTER_BASELINE = 810;
const SLASH_X = Canvas.width / 2;
const SLASH_GAP = 5.5;
const TOTAL = 'PageTotal';

interface FrameTexts {
  readonly footerLeft: string;
  readonly footerRight: string;
  readonly runningLeft: string;
  readonly runningRight: string;
}

/**
 * The frame around every page: running head from the second page on, foot with the page number.
 *
 * "of how many" is known only when the last page is full, and by then the first has left for the output.
 * So every page shows one common drawing beside its number, and that drawing is written last.
 */
export class PageFrame {
  readonly #canvas: Canvas;
  readonly #texts: FrameTexts;
  readonly #total: PDFKit.PDFKitReference;

  constructor(canvas: Canvas, texts: FrameTexts) {
    this.#canvas = canvas;
    this.#texts = texts;
    this.#total = canvas.document.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, Canvas.width, Canvas.height],
      Resources: { Font: canvas.fontResources },
    });
  }

  /** Begins a page with its furniture and returns where its content begins. */
  beginPage(): number {
    const canvas = this.#canvas;
    canvas.beginPage();
    canvas.document.page.xobjects[TOTAL] = this.#total;
    const isFirst = canvas.pageCount === 1;
    canvas.artifact('Pagination', () => {
      if (!isFirst) this.#drawRunningHead();
      this.#drawFoot();
    });
    return isFirst ? frame.firstTop : frame.laterTop;
  }

  /** Writes the number of pages into all of them. Returns that number. */
  finish(): number {
    const at = { x: SLASH_X + SLASH_GAP, baseline: FOOTER_BASELINE };
    const { note } = textStyles;
    const text = this.#canvas.textOperators(String(this.#canvas.pageCount), at, note);
    this.#canvas.finish();
    this.#total.end(`${note.color} rg\n${text}`);
    return this.#canvas.pageCount;
  }

  #drawRunningHead(): void {
    const canvas = this.#canvas;
    const right = this.#texts.runningRight;
    const room = frame.width - canvas.measure(right, textStyles.note) - 24;
    const left = fitText(this.#texts.runningLeft, room, (part) => canvas.measure(part, textStyles.heading));
    canvas.text(left, { x: frame.left, baseline: 43 }, textStyles.heading);
    canvas.text(right, { x: frame.right, baseline: 43, align: 'right' }, textStyles.note);
    canvas.rule({ x: frame.left, y: 50 }, frame.width, { color: palette.navy, thickness: 0.8 });
  }

  #drawFoot(): void {
    const canvas = this.#canvas;
    const { note } = textStyles;
    const baseline = FOOTER_BASELINE;
    const room = frame.width / 2 - 40;
    const right = fitText(this.#texts.footerRight, room, (part) => canvas.measure(part, note));
    canvas.rule({ x: frame.left, y: FOOTER_RULE_Y }, frame.width, {
      color: palette.hairline,
      thickness: 0.5,
    });
    canvas.text(this.#texts.footerLeft, { x: frame.left, baseline }, note);
    canvas.text(right, { x: frame.right, baseline, align: 'right' }, note);
    canvas.text(String(canvas.pageCount), { x: SLASH_X - SLASH_GAP, baseline, align: 'right' }, note);
    canvas.text('/', { x: SLASH_X, baseline, align: 'center' }, note);
    canvas.draw(`/${TOTAL} Do`);
  }
}
