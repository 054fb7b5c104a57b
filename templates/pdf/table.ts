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
  /** Small grey text below it, of as many lines as it has line breaks and its width needs. */
  readonly below?: string;
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
  readonly lines: readonly CellLines[];
  readonly height: number;
  /** Its height with one line. */
  readonly lineHeight: number;
}

interface CellLines {
  readonly main: readonly string[];
  readonly below: readonly string[];
}

const PADDING = 6;
const FIGURE_SIZE_MIN = 7;
const LEADING = 11.5;
const LEADING_BELOW = 9.5;
export const HEADER_HEIGHT = 25;
/** Of a head without companions in another language. */
const PLAIN_HEADER_HEIGHT = 18;

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

  /** `HEADER_HEIGHT`, or less where no label has a companion. */
  get headerHeight(): number {
    return this.#columns.some(({ label }) => label.en !== '') ? HEADER_HEIGHT : PLAIN_HEADER_HEIGHT;
  }

  /** Draws the head of the table, tagged as a row of header cells or, with `asArtifact`, as decoration. */
  drawHeader(y: number, asArtifact = false): void {
    const canvas = this.#canvas;
    canvas.artifact('Layout', () => {
      canvas.fillBox({ x: this.#x, y, width: this.#width, height: this.headerHeight }, palette.tint);
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
    let tallest = height;
    const lines = row.cells.map((cell, index) => {
      const { align, width } = this.#columns[index]!;
      const cellLines = this.#breakLines(cell, align === 'left' ? width - 2 * PADDING : undefined);
      const more = (cellLines.main.length - 1) * LEADING + belowHeight(cellLines.below);
      tallest = Math.max(tallest, height + more);
      return cellLines;
    });
    return { ...row, lines, lineHeight: height, height: tallest };
  }

  #breakLines({ text, style = textStyles.body, below = '' }: Cell, width: number | undefined): CellLines {
    const wrap = (of: string, as: TextStyle) =>
      width === undefined ? [of] : this.#canvas.wrap(of, width, as);
    return {
      main: wrap(text, style),
      below: below === '' ? [] : below.split('\n').flatMap((line) => wrap(line, textStyles.note)),
    };
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
    const baseline = this.headerHeight === HEADER_HEIGHT ? y + 11.2 : y + 11.8;
    this.#canvas.text(column.label.ja, { ...at, baseline }, textStyles.heading);
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

  /** A figure is never broken: one of many digits is smaller, so that it stays clear of the column before it. */
  #fit(text: string, style: TextStyle, width: number): TextStyle {
    const taken = this.#canvas.measure(text, style);
    if (taken <= width) return style;
    return { ...style, size: Math.max(FIGURE_SIZE_MIN, Math.floor((style.size * width * 10) / taken) / 10) };
  }

  /** All cells begin on the first line, so that a figure is next to the beginning of its name. */
  #drawCell(column: Column & { left: number }, y: number, row: LaidOutRow, index: number): void {
    const { text, style: given = textStyles.body } = row.cells[index]!;
    const style = column.align === 'left' ? given : this.#fit(text, given, column.width - 2 * PADDING);
    const x = anchor(column);
    let baseline = centredBaseline(y, row.lineHeight, style.size);
    const { main, below } = row.lines[index]!;
    for (const line of main) {
      this.#canvas.text(line, { x, baseline, align: column.align }, style);
      baseline += LEADING;
    }
    for (const line of below) {
      this.#canvas.text(line, { x, baseline: baseline - 1, align: column.align }, textStyles.note);
      baseline += LEADING_BELOW;
    }
  }
}

/** Small lines, and as much space under them as above the text. */
function belowHeight(lines: readonly string[]): number {
  return lines.length === 0 ? 0 : lines.length * LEADING_BELOW + 1.5;
}

function anchor(column: Column & { left: number }): number {
  if (column.align === 'right') return column.left + column.width - PADDING;
  if (column.align === 'center') return column.left + column.width / 2;
  return column.left + PADDING;
}
