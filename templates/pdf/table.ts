import type { Align, Canvas, TextStyle } from './canvas.ts';
import { centredBaseline, type Label } from './label.ts';
import { palette, textStyles } from './palette.ts';

export interface Column {
  readonly label: Label;
  readonly width: number;
  readonly align: Align;
}

/** A cell's text; left-aligned text may take several lines, a figure never. */
export interface Cell {
  readonly text: string;
  readonly style?: TextStyle;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Height of one line of text. */
  readonly height: number;
  /** Every row has a hairline below it; a total has a stronger rule above it. */
  readonly overRule?: boolean;
  readonly tinted?: boolean;
}

/** A row, laid out. */
export interface LaidOutRow extends Omit<Row, 'height'> {
  /** Lines of each cell. */
  readonly lines: readonly (readonly string[])[];
  readonly height: number;
  /** Its height with one line. */
  readonly lineHeight: number;
}

const PADDING = 6;
const LEADING = 11.5;
export const HEADER_HEIGHT = 25;

/** Columns with their positions on the page; created once per table. */
export class Table {
  readonly #canvas: Canvas;
  readonly #columns: readonly (Column & { left: number })[];
  readonly #x: number;
  readonly #width: number;

  constructor(canvas: Canvas, x: number, columns: readonly Column[]) {
    this.#canvas = canvas;
    this.#x = x;
    let left = x;
    this.#columns = columns.map((column) => {
      const placed = { ...column, left };
      left += column.width;
      return placed;
    });
    this.#width = left - x;
  }

  /** Draws the head of the table, tagged as a row of header cells or, with `asArtifact`, as decoration. */
  drawHeader(y: number, asArtifact = false): void {
    const canvas = this.#canvas;
    canvas.artifact('Layout', () => {
      canvas.fillBox({ x: this.#x, y, width: this.#width, height: HEADER_HEIGHT }, palette.tint);
      canvas.rule({ x: this.#x, y }, this.#width, { color: palette.navy, thickness: 0.8 });
      if (asArtifact) for (const column of this.#columns) this.#drawHead(column, y);
    });
    if (asArtifact) return;
    canvas.group('TR', () => {
      for (const column of this.#columns) canvas.tag('TH', () => this.#drawHead(column, y));
    });
  }

  /** Breaks the texts of a row into lines, which determine its height. */
  layOut({ height, ...row }: Row): LaidOutRow {
    let most = 1;
    const lines = row.cells.map((cell, index) => {
      const column = this.#columns[index]!;
      if (column.align !== 'left') return [cell.text];
      const wrapped = this.#canvas.wrap(cell.text, column.width - 2 * PADDING, cell.style ?? textStyles.body);
      if (wrapped.length > most) most = wrapped.length;
      return wrapped;
    });
    return { ...row, lines, lineHeight: height, height: height + (most - 1) * LEADING };
  }

  /** Draws a row whose cells are tagged one by one: for tables of moderate length. */
  drawRow(y: number, row: LaidOutRow): void {
    const canvas = this.#canvas;
    canvas.artifact('Layout', () => this.#drawGround(y, row));
    canvas.group('TR', () => {
      for (const [index, column] of this.#columns.entries()) {
        if (row.cells[index]?.text) canvas.tag('TD', () => this.#drawCell(column, y, row, index));
      }
    });
  }

  /** Draws a row read out as one line: a tag per cell would outweigh everything else in a long list. */
  drawLine(y: number, row: LaidOutRow): void {
    this.#drawGround(y, row);
    for (let index = 0; index < this.#columns.length; index++) {
      if (row.cells[index]?.text) this.#drawCell(this.#columns[index]!, y, row, index);
    }
  }

  #drawHead(column: Column & { left: number }, y: number): void {
    const at = { x: anchor(column), align: column.align };
    this.#canvas.text(column.label.ja, { ...at, baseline: y + 11.2 }, textStyles.heading);
    this.#canvas.text(column.label.en, { ...at, baseline: y + 19.6 }, textStyles.sublabel);
  }

  #drawGround(y: number, row: LaidOutRow): void {
    if (row.tinted) {
      this.#canvas.fillBox({ x: this.#x, y, width: this.#width, height: row.height }, palette.tint);
    }
    const bottom = { x: this.#x, y: y + row.height };
    const top = { x: this.#x, y };
    if (row.overRule) {
      this.#canvas.rule(top, this.#width, { color: palette.navy, thickness: 0.6 });
    }
    this.#canvas.rule(bottom, this.#width, { color: palette.hairline, thickness: 0.4 });
  }

  /** All cells begin on the first line, so that a figure is next to the beginning of its name. */
  #drawCell(column: Column & { left: number }, y: number, row: LaidOutRow, index: number): void {
    const style = row.cells[index]!.style ?? textStyles.body;
    const x = anchor(column);
    let baseline = centredBaseline(y, row.lineHeight, style.size);
    for (const line of row.lines[index]!) {
      this.#canvas.text(line, { x, baseline, align: column.align }, style);
      baseline += LEADING;
    }
  }
}

function anchor(column: Column & { left: number }): number {
  if (column.align === 'right') return column.left + column.width - PADDING;
  if (column.align === 'center') return column.left + column.width / 2;
  return column.left + PADDING;
}
