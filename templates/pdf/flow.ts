import type { Canvas } from './canvas.ts';
import type { PageFrame } from './page-frame.ts';

/** The position of the next block on the page; starts a new page when the block does not fit. */
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

  /** Reserves space for a block that must stay on one page. Returns whether a new page was started. */
  ensure(height: number): boolean {
    if (this.fits(height)) return false;
    this.turnPage();
    return true;
  }

  advance(height: number): void {
    this.y += height;
  }
}
