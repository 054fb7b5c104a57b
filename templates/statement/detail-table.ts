import type { Flow } from '../pdf/flow.ts';
import { writeDate } from '../pdf/document-format.ts';
import type { Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { Table, type LaidOutRow } from '../pdf/table.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import type { Drawing } from './layout.ts';
import { formatAmount, formatCount, formatTax } from './statement.format.ts';
import type { StatementDetail } from './statement.types.ts';
import { columns, labels, sentences } from './wording.ts';

const FIRST_ROWS_MIN = 8;
/** Rows that the last page has at least: they are held back until it is known whether others follow. */
const LAST_ROWS_MIN = 10;

interface Sums {
  itemCount: number;
  totalMinor: bigint;
}

/**
 * The appendix: one row per closing day, service and tax rate, on as many pages as needed. A page ends with its
 * own sum and the sum carried forward, with which the next begins. Rows are drawn some rows late and not stored, so
 * thousands need no more memory than one page, and the last page is never nearly empty.
 */
export class DetailTable {
  readonly #drawing: Drawing;
  readonly #flow: Flow;
  readonly #table: Table;
  readonly #rowHeight: number;
  readonly #page: Sums = { itemCount: 0, totalMinor: 0n };
  readonly #all: Sums = { itemCount: 0, totalMinor: 0n };
  readonly #held: StatementDetail[] = [];
  #pages = 0;
  #rowsOfPage = 0;
  #lastClosingDate = '';

  constructor(drawing: Drawing) {
    const { flow, layout, word } = drawing;
    this.#drawing = drawing;
    this.#flow = flow;
    this.#rowHeight = layout.rowHeight;
    this.#table = new Table(flow.canvas, frame.left, [
      { label: word(columns.closingDate), width: 88, align: 'left' },
      { label: word(columns.service), width: 178, align: 'left' },
      { label: word(columns.taxRate), width: 48, align: 'right' },
      { label: word(columns.lines), width: 52, align: 'right' },
      { label: word(columns.items), width: 52, align: 'right' },
      { label: word(columns.amount), width: frame.width - 418, align: 'right' },
    ]);
  }

  /** Sum of the rows drawn so far, in yen. */
  get totalMinor(): bigint {
    return this.#all.totalMinor;
  }

  get #sumHeight(): number {
    return this.#rowHeight + 1;
  }

  /** Takes the next row, and draws the one that is held longest. Returns whether it began a new page. */
  add(detail: StatementDetail): boolean {
    this.#held.push(detail);
    if (this.#held.length <= LAST_ROWS_MIN) return false;
    return this.#draw(this.#held.shift()!);
  }

  #draw(detail: StatementDetail): boolean {
    let row = this.#layOut(detail);
    if (this.#pages === 0) this.#begin(row.height);
    const turned = !this.#flow.fits(row.height, 2 * this.#sumHeight);
    if (turned) {
      this.#carryForward();
      row = this.#layOut(detail);
    }
    this.#lastClosingDate = detail.closingDate;
    this.#drawLine(row);
    this.#rowsOfPage++;
    for (const sums of [this.#page, this.#all]) {
      sums.itemCount += detail.itemCount;
      sums.totalMinor += detail.totalMinor;
    }
    return turned;
  }

  /** Draws a closing day that repeats the row above in grey. */
  #layOut(detail: StatementDetail): LaidOutRow {
    const { language } = this.#drawing.statement;
    const isRepeated = detail.closingDate === this.#lastClosingDate;
    return this.#table.layOut({
      height: this.#rowHeight,
      cells: [
        {
          text: writeDate(detail.closingDate, language),
          style: isRepeated ? textStyles.quiet : textStyles.body,
        },
        { text: detail.serviceName },
        { text: formatTax(detail) },
        { text: formatCount(detail.lineCount) },
        { text: formatCount(detail.itemCount) },
        { text: formatAmount(detail.totalMinor) },
      ],
    });
  }

  /** Draws the last rows, the sum of the last page, if there are several, and the grand total. */
  finish(): void {
    const { language } = this.#drawing.statement;
    this.#turnForLastRows();
    for (const detail of this.#held.splice(0)) this.#draw(detail);
    if (this.#pages === 0) {
      this.#begin(this.#rowHeight);
      const cells = [{ text: '–' }, { text: sentences[language].noDetails }];
      this.#drawLine(this.#table.layOut({ cells, height: this.#rowHeight }));
    }
    if (this.#pages > 1) this.#drawSum(labels.pageSum, this.#page);
    this.#drawSum(labels.total, this.#all, true);
  }

  /** If only some of the last rows fit, all of them go to a new page: it would be nearly empty with one or two. */
  #turnForLastRows(): void {
    if (this.#pages === 0) return;
    const height = this.#held.reduce((sum, detail) => sum + this.#layOut(detail).height, 0);
    const fits = this.#flow.fits(height, 2 * this.#sumHeight);
    if (!fits && this.#rowsOfPage >= LAST_ROWS_MIN) this.#carryForward();
  }

  /** The appendix begins below the notes if enough rows fit there, or all, else on a new page. */
  #begin(rowHeight: number): void {
    const flow = this.#flow;
    const { gap } = this.#drawing.layout;
    // The rows that are held follow the one to draw: with fewer than are held at most, they are all.
    const rows = Math.min(FIRST_ROWS_MIN, this.#held.length + 1);
    const first = Math.max(rowHeight, rows * this.#rowHeight);
    const height = gap + SECTION_TITLE_HEIGHT + this.#table.headerHeight + first + 2 * this.#sumHeight;
    flow.advance(flow.ensure(height) ? -6 : gap);
    const { word } = this.#drawing;
    drawSectionTitle(flow.canvas, { x: frame.left, y: flow.y, width: frame.width }, word(labels.details));
    flow.advance(SECTION_TITLE_HEIGHT - 3);
    this.#pages = 1;
    this.#drawHeader();
  }

  #carryForward(): void {
    this.#drawSum(labels.pageSum, this.#page);
    this.#drawSum(labels.carriedForward, this.#all, true);
    this.#flow.turnPage();
    this.#pages++;
    this.#rowsOfPage = 0;
    this.#lastClosingDate = '';
    Object.assign(this.#page, { itemCount: 0, totalMinor: 0n });
    this.#drawHeader();
    this.#drawSum(labels.broughtForward, this.#all);
  }

  #drawHeader(): void {
    this.#table.drawHeader(this.#flow.y, this.#pages > 1);
    this.#flow.advance(this.#table.headerHeight);
  }

  #drawSum(name: Label, sums: Sums, isStrong = false): void {
    const style = isStrong ? textStyles.strong : textStyles.body;
    const cells = [
      { text: '' },
      { text: name[this.#drawing.statement.language], style },
      { text: '' },
      { text: '' },
      { text: formatCount(sums.itemCount), style },
      { text: formatAmount(sums.totalMinor), style },
    ];
    const row = { cells, height: this.#sumHeight, overRule: isStrong, tinted: isStrong };
    this.#drawLine(this.#table.layOut(row));
  }

  #drawLine(row: LaidOutRow): void {
    this.#flow.canvas.tag('P', () => this.#table.drawLine(this.#flow.y, row));
    this.#flow.advance(row.height);
  }
}
