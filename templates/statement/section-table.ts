import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { drawParagraph, type Label } from '../pdf/label.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { Table, type Column, type LaidOutRow, type Row } from '../pdf/table.ts';
import type { Drawing } from './layout.ts';

const NOTE_LEADING = 9.5;

export interface TableSection {
  readonly title: Label;
  /** A paragraph between title and table. */
  readonly note?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The last rows, which stay together with the row before them, so that no total is alone on a page. */
  readonly sums: readonly Row[];
}

/** A titled table of any length: whole on one page where it fits, else broken between rows with its head repeated. */
export function drawTableSection({ flow, layout, word }: Drawing, section: TableSection): void {
  const { canvas } = flow;
  const columns = section.columns.map((column) => ({ ...column, label: word(column.label) }));
  const table = new Table(canvas, frame.left, columns);
  const note = { x: frame.left, width: frame.width, style: textStyles.note, leading: NOTE_LEADING };
  const noteLines = section.note === undefined ? [] : canvas.wrap(section.note, note.width, note.style);
  const rows = section.rows.map((row) => table.layOut(row));
  const sums = section.sums.map((row) => table.layOut(row));
  const head = SECTION_TITLE_HEIGHT + noteLines.length * NOTE_LEADING + table.headerHeight;
  const whole = head + heightOf(rows) + heightOf(sums);
  // A table of up to a third of a page is kept whole; of a longer one, the head stays with its first rows.
  flow.ensure(whole <= WHOLE_MAX ? whole : head + heightOf([...rows, ...sums].slice(0, 2)));
  drawSectionTitle(canvas, { x: frame.left, y: flow.y, width: frame.width }, word(section.title));
  flow.advance(SECTION_TITLE_HEIGHT - 3);
  if (section.note !== undefined) {
    const text = section.note;
    canvas.tag('P', () => drawParagraph(canvas, text, { ...note, baseline: flow.y + 6 }));
    flow.advance(noteLines.length * NOTE_LEADING + 2);
  }
  const keepTogether = (height: number) => {
    if (!flow.ensure(height)) return;
    table.drawHeader(flow.y, true);
    flow.advance(table.headerHeight);
  };
  const draw = (row: LaidOutRow) => {
    table.drawRow(flow.y, row);
    flow.advance(row.height);
  };
  canvas.group('Table', () => {
    table.drawHeader(flow.y);
    flow.advance(table.headerHeight);
    for (const [index, row] of rows.entries()) {
      const isLast = index === rows.length - 1;
      keepTogether(isLast ? row.height + heightOf(sums) : row.height);
      draw(row);
    }
    if (rows.length === 0) keepTogether(heightOf(sums));
    for (const row of sums) draw(row);
  });
  flow.advance(layout.gap);
}

const WHOLE_MAX = 240;

function heightOf(rows: readonly LaidOutRow[]): number {
  return rows.reduce((sum, row) => sum + row.height, 0);
}
