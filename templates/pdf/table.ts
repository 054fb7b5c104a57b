import type { Align, Canvas, TextStyle } from './canvas.ts';
import { centredBaseline, type Label } from './label.ts';
import { palette, textStyles } from './palette.ts';
import { fitText } from './text-fit.ts';

export interface Column {
  readonly label: Label;
  readonly width: number;
  readonly align: Align;
}

/** A cell's text; a text wider than its column is cut with an ellipsis, a figure never is. */
export interface Cell {
  readonly text: string;
  readonly style?: TextStyle;
}

export interface Row {
  readonly cells: readonly Cell[];
  readonly height: number;
  /** Every row stands on a hairline; a total has a stronger rule over it. */
  readonly overRule?: boolean;
  readonly tinted?: boolean;
}

const PADDING = 6;
export const HEADER_HEIGHT = 25;

/** Columns with their places on the page. One is made per table, not per row. */
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

  /** Draws the head of the table, tagged as a row of header cells or, `asArtifact`, as mere furniture. */
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

  /** Draws a row whose cells are tagged one by one: for tables of moderate length. */
  drawRow(y: number, row: Row): void {
    const canvas = this.#canvas;
    canvas.artifact('Layout', () => this.#drawGround(y, row));
    canvas.group('TR', () => {
      for (const [index, column] of this.#columns.entries()) {
        const cell = row.cells[index];
        if (cell?.text) canvas.tag('TD', () => this.#drawCell(column, y, row.height, cell));
      }
    });
  }

  /** Draws a row read out as one line: a tag per cell would outweigh everything else in a long list. */
  drawLine(y: number, row: Row): void {
    this.#drawGround(y, row);
    for (let index = 0; index < this.#columns.length; index++) {
      const cell = row.cells[index];
      if (cell?.text) this.#drawCell(this.#columns[index]!, y, row.height, cell);
    }
  }

  #drawHead(column: Column & { left: number }, y: number): void {
    const at = { x: anchor(column), align: column.align };
    this.#canvas.text(column.label.ja, { ...at, baseline: y + 11.2 }, textStyles.heading);
    this.#canvas.text(column.label.en, { ...at, baseline: y + 19.6 }, textStyles.sublabel);
  }

  #drawGround(y: number, row: Row): void {
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

  #drawCell(column: Column & { left: number }, y: number, height: number, cell: Cell): void {
    const style = cell.style ?? textStyles.body;
    const baseline = centredBaseline(y, height, style.size);
    const at = { x: anchor(column), baseline, align: column.align };
    const text =
      column.align === 'left'
        ? fitText(cell.text, column.width - 2 * PADDING, (part) => this.#canvas.measure(part, style))
        : cell.text;
    this.#canvas.text(text, at, style);
  }
}

function anchor(column: Column & { left: number }): number {
  if (column.align === 'right') return column.left + column.width - PADDING;
  if (column.align === 'center') return column.left + column.width / 2;
  return column.left + PADDING;
}
