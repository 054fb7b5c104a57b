import type { Flow } from '../pdf/flow.ts';
import { labelIn } from '../pdf/document-format.ts';
import type { Label } from '../pdf/label.ts';
import type { Statement } from './statement.types.ts';

/** How a statement is set: with air, or tighter where that saves a page that would be nearly empty. */
export interface Layout {
  readonly rowHeight: number;
  /** After a block. */
  readonly gap: number;
  /** Whether the figures of sales begin a new page, so that it is not nearly empty. */
  readonly salesOnNewPage: boolean;
}

export const AIRY: Layout = { rowHeight: 16, gap: 13, salesOnNewPage: false };
const TIGHT: Layout = { rowHeight: 13.6, gap: 7, salesOnNewPage: false };

/** A last page with less than this share of it filled is nearly empty. */
export const NEARLY_EMPTY = 0.25;

/** What a trial of a layout gave. */
export interface Trial {
  readonly layout: Layout;
  readonly pages: number;
  /** Share of the last page that is filled. */
  readonly fill: number;
}

/** With less than this of the last page filled, a tighter layout may do without it. */
const SPARE = 0.5;

/**
 * Chooses a layout: airy, or tight where that saves a page. Where the last page stays nearly empty, more is moved to it; else the
 * one whose last page is the fullest is taken.
 */
export async function chooseLayout(attempt: (layout: Layout) => Promise<Trial>): Promise<Layout> {
  const airy = await attempt(AIRY);
  if (airy.pages === 1 || airy.fill >= SPARE) return AIRY;
  const tight = await attempt(TIGHT);
  if (tight.pages < airy.pages) return TIGHT;
  if (airy.fill >= NEARLY_EMPTY) return AIRY;
  const moved = await attempt({ ...AIRY, salesOnNewPage: true });
  const fullest = [airy, tight, moved]
    .filter(({ pages }) => pages === airy.pages)
    .reduce((best, trial) => (trial.fill > best.fill ? trial : best));
  return fullest.layout;
}

/** What the blocks of a statement are drawn with. */
export interface Drawing {
  readonly flow: Flow;
  readonly statement: Statement;
  readonly layout: Layout;
  /** A label in the language of the statement. */
  readonly word: (label: Label) => Label;
}

/** The blocks draw in order on one flow. */
export function drawingOf(flow: Flow, statement: Statement, layout: Layout): Drawing {
  return { flow, statement, layout, word: (label) => labelIn(label, statement.language) };
}
