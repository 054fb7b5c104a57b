import type { Flow } from '../pdf/flow.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { HEADER_HEIGHT, Table, type LaidOutRow } from '../pdf/table.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { formatAmount, formatCount, formatTax } from './statement.format.ts';
import type { StatementDetail } from './statement.types.ts';
import { columns, labels } from './wording.ts';

const ROW_HEIGHT = 16;
const TOTAL_HEIGHT = 18;
const FIRST_ROWS_MIN = 8;

interface Sums {
  itemCount: number;
  totalMinor: bigint;
}

/**
 * The appendix: one row per closing day, service and tax rate, on as many pages as needed. A page ends with its
 * own sum and the sum carried forward, with which the next begins. Rows are drawn one at a time and not stored, so
 * thousands need no more memory than one page.
 */
export class DetailTable {
  readonly #flow: Flow;
  readonly #table: Table;
  readonly #page: Sums = { itemCount: 0, totalMinor: 0n };
  readonly #all: Sums = { itemCount: 0, totalMinor: 0n };
  #pages = 0;
  #lastClosingDate = '';

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#table = new Table(flow.canvas, frame.left, [
      { label: columns.closingDate, width: 68, align: 'left' },
      { label: columns.service, width: 200, align: 'left' },
      { label: columns.taxRate, width: 48, align: 'right' },
      { label: columns.lines, width: 52, align: 'right' },
      { label: columns.items, width: 52, align: 'right' },
      { label: columns.amount, width: frame.width - 420, align: 'right' },
    ]);
  }

  /** Sum of the rows drawn so far, in yen. */
  get totalMinor(): bigint {
    return this.#all.totalMinor;
  }

  /** Draws the next row. Returns whether it began a new page. */
  add(detail: StatementDetail): boolean {
    let row = this.#layOut(detail);
    if (this.#pages === 0) this.#begin(Math.max(row.height, FIRST_ROWS_MIN * ROW_HEIGHT));
    const turned = !this.#flow.fits(row.height, 2 * TOTAL_HEIGHT);
    if (turned) {
      this.#carryForward();
      row = this.#layOut(detail);
    }
    this.#lastClosingDate = detail.closingDate;
    this.#drawLine(row);
    for (const sums of [this.#page, this.#all]) {
      sums.itemCount += detail.itemCount;
      sums.totalMinor += detail.totalMinor;
    }
    return turned;
  }

  /** Draws a closing day that repeats the row above in grey. */
  #layOut(detail: StatementDetail): LaidOutRow {
    const isRepeated = detail.closingDate === this.#lastClosingDate;
    return this.#table.layOut({
      height: ROW_HEIGHT,
      cells: [
        { text: detail.closingDate, style: isRepeated ? textStyles.quiet : textStyles.body },
        { text: detail.serviceName },
        { text: formatTax(detail) },
        { text: formatCount(detail.lineCount) },
        { text: formatCount(detail.itemCount) },
        { text: formatAmount(detail.totalMinor) },
      ],
    });
  }

  /** Draws the sum of the last page, if there are several, and the grand total. */
  finish(): void {
    if (this.#pages === 0) {
      this.#begin(ROW_HEIGHT);
      const cells = [{ text: '–' }, { text: labels.noDetails.ja }];
      this.#drawLine(this.#table.layOut({ cells, height: ROW_HEIGHT }));
    }
    if (this.#pages > 1) this.#drawSum('本ページ小計 Page subtotal', this.#page);
    this.#drawSum('合計 Total', this.#all, true);
  }

  /** The appendix begins below the notes if enough rows fit there, else on a new page. */
  #begin(rowsHeight: number): void {
    const flow = this.#flow;
    const gap = 14;
    const height = gap + SECTION_TITLE_HEIGHT + HEADER_HEIGHT + rowsHeight + 2 * TOTAL_HEIGHT;
    flow.advance(flow.ensure(height) ? -6 : gap);
    drawSectionTitle(flow.canvas, { x: frame.left, y: flow.y, width: frame.width }, labels.details);
    flow.advance(SECTION_TITLE_HEIGHT - 3);
    this.#pages = 1;
    this.#drawHeader();
  }

  #carryForward(): void {
    this.#drawSum('本ページ小計 Page subtotal', this.#page);
    this.#drawSum('次ページへ繰越 Carried forward', this.#all, true);
    this.#flow.turnPage();
    this.#pages++;
    this.#lastClosingDate = '';
    Object.assign(this.#page, { itemCount: 0, totalMinor: 0n });
    this.#drawHeader();
    this.#drawSum('前ページより繰越 Brought forward', this.#all);
  }

  #drawHeader(): void {
    this.#table.drawHeader(this.#flow.y, this.#pages > 1);
    this.#flow.advance(HEADER_HEIGHT);
  }

  #drawSum(name: string, sums: Sums, isStrong = false): void {
    const style = isStrong ? textStyles.strong : textStyles.body;
    const cells = [
      { text: '' },
      { text: name, style },
      { text: '' },
      { text: '' },
      { text: formatCount(sums.itemCount), style },
      { text: formatAmount(sums.totalMinor), style },
    ];
    const row = { cells, height: TOTAL_HEIGHT, overRule: isStrong, tinted: isStrong };
    this.#drawLine(this.#table.layOut(row));
  }

  #drawLine(row: LaidOutRow): void {
    this.#flow.canvas.tag('P', () => this.#table.drawLine(this.#flow.y, row));
    this.#flow.advance(row.height);
  }
}
