import { Canvas } from './canvas.ts';
import { drawLines } from './label.ts';
import { palette, textStyles } from './palette.ts';

export const frame = {
  left: 46,
  right: Canvas.width - 46,
  width: Canvas.width - 92,
  /** Where the content of the first page begins. */
  firstTop: 38,
} as const;

/** Where the content of the later pages begins and where all pages end, with one line of text in head and foot. */
const LATER_TOP = 66;
const BOTTOM = 784;
const HEAD_LEADING = 10.5;
const FOOT_LEADING = 9.5;
const SLASH_X = Canvas.width / 2;
const SLASH_GAP = 5.5;
const TOTAL = 'PageTotal';
const MARK_SLOPE = 48;

interface FrameTexts {
  readonly footerLeft: string;
  readonly footerRight: string;
  readonly runningLeft: string;
  readonly runningRight: string;
  /** A word across every page, behind its text, that says what the document is not. */
  readonly mark?: string;
}

/**
 * The frame around every page: running head from the second page on, foot with the page number. Both grow into
 * the page by the lines that the names in them need.
 *
 * "of how many" is known only after the last page, when the first is already written. So every page shows one common
 * drawing beside its number, and that drawing is written last.
 */
export class PageFrame {
  readonly #canvas: Canvas;
  readonly #texts: FrameTexts;
  readonly #head: readonly string[];
  readonly #foot: readonly string[];
  readonly #total: PDFKit.PDFKitReference;

  constructor(canvas: Canvas, texts: FrameTexts) {
    this.#canvas = canvas;
    this.#texts = texts;
    const headRoom = frame.width - canvas.measure(texts.runningRight, textStyles.note) - 24;
    this.#head = canvas.wrap(texts.runningLeft, headRoom, textStyles.heading);
    this.#foot = canvas.wrap(texts.footerRight, frame.width / 2 - 40, textStyles.note);
    this.#total = canvas.document.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, Canvas.width, Canvas.height],
      Resources: { Font: canvas.fontResources },
    });
  }

  /** Share of the page that content down to `y` fills. */
  fill(y: number): number {
    const top = this.#canvas.pageCount === 1 ? frame.firstTop : LATER_TOP;
    return (y - top) / (this.bottom - top);
  }

  /** Where the content of every page ends. */
  get bottom(): number {
    return BOTTOM - (this.#foot.length - 1) * FOOT_LEADING;
  }

  /** Begins a page with its header and footer and returns where its content begins. */
  beginPage(): number {
    const canvas = this.#canvas;
    canvas.beginPage();
    canvas.document.page.xobjects[TOTAL] = this.#total;
    const isFirst = canvas.pageCount === 1;
    canvas.artifact('Pagination', () => {
      this.#drawMark();
      if (!isFirst) this.#drawRunningHead();
      this.#drawFoot();
    });
    return isFirst ? frame.firstTop : LATER_TOP + (this.#head.length - 1) * HEAD_LEADING;
  }

  /** Writes the number of pages into all of them. Returns that number. */
  finish(): number {
    const at = { x: SLASH_X + SLASH_GAP, baseline: this.#footBaseline };
    const { note } = textStyles;
    const text = this.#canvas.textOperators(String(this.#canvas.pageCount), at, note);
    this.#canvas.finish();
    this.#total.end(`${note.color} rg\n${text}`);
    return this.#canvas.pageCount;
  }

  get #footBaseline(): number {
    return this.bottom + 26;
  }

  #drawMark(): void {
    const { mark = '' } = this.#texts;
    if (mark === '') return;
    const style = textStyles.mark;
    const half = this.#canvas.measure(mark, style) / 2;
    const x = Canvas.width / 2 - half * Math.cos((MARK_SLOPE * Math.PI) / 180) + style.size * 0.2;
    const baseline = Canvas.height / 2 + half * Math.sin((MARK_SLOPE * Math.PI) / 180) + style.size * 0.2;
    const text = this.#canvas.textOperators(mark, { x, baseline, slope: MARK_SLOPE }, style);
    this.#canvas.draw(`q ${style.color} rg ${text} Q`);
  }

  #drawRunningHead(): void {
    const canvas = this.#canvas;
    const baseline = 43;
    const head = { x: frame.left, baseline, style: textStyles.heading, leading: HEAD_LEADING };
    const ruleY = drawLines(canvas, this.#head, head) - HEAD_LEADING + 7;
    canvas.text(this.#texts.runningRight, { x: frame.right, baseline, align: 'right' }, textStyles.note);
    canvas.rule({ x: frame.left, y: ruleY }, frame.width, { color: palette.navy, thickness: 0.8 });
  }

  #drawFoot(): void {
    const canvas = this.#canvas;
    const { note } = textStyles;
    const baseline = this.#footBaseline;
    const look = { color: palette.hairline, thickness: 0.5 };
    canvas.rule({ x: frame.left, y: baseline - 13 }, frame.width, look);
    canvas.text(this.#texts.footerLeft, { x: frame.left, baseline }, note);
    const foot = { x: frame.right, baseline, align: 'right', style: note, leading: FOOT_LEADING } as const;
    drawLines(canvas, this.#foot, foot);
    canvas.text(String(canvas.pageCount), { x: SLASH_X - SLASH_GAP, baseline, align: 'right' }, note);
    canvas.text('/', { x: SLASH_X, baseline, align: 'center' }, note);
    canvas.draw(`/${TOTAL} Do`);
  }
}
