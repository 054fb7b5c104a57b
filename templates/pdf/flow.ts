import type { Canvas } from './canvas.ts';
import type { PageFrame } from './page-frame.ts';

/** The place on the page where the next block goes, and the turn of the page when it does not fit. */
export class Flow {
  readonly canvas: Canvas;
  readonly #frame: PageFrame;
  y = 0;

  constructor(canvas: Canvas, pageFrame: PageFrame) {
    this.canvas = canvas;
    this.#frame = pageFrame;
    this.turnPage();
  }

  turnPage(): void {
    this.y = this.#frame.beginPage();
  }

  /** Whether a block of this height, with `reserve` below it, still fits on the page. */
  fits(height: number, reserve = 0): boolean {
    return this.y + height + reserve <= this.#frame.bottom;
  }

  /** Makes room for a block that must not be torn apart. Tells whether the page was turned. */
  ensure(height: number): boolean {
    if (this.fits(height)) return false;
    this.turnPage();
    return true;
  }

  advance(height: number): void {
    this.y += height;
  }
}
