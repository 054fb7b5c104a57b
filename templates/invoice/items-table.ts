import type { Flow } from '../pdf/flow.ts';
import { labelIn, writeFigure, writeShortDate } from '../pdf/document-format.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { Table, type LaidOutRow } from '../pdf/table.ts';
import { isRefund, PrintedSums } from './invoice.rules.ts';
import { invoiceParts, type InvoiceItem, type InvoicePart, type LineInvoice } from './invoice.types.ts';
import {
  columnsOf,
  partLabel,
  rateName,
  sentences,
  writeContent,
  writeService,
  writeTax,
} from './wording.ts';

const ROW_HEIGHT = 17;
const GAP = 14;
const FIRST_ROWS = 2;

/**
 * The items in three parts, each with its sums by rate, on as many pages as needed. Rows are drawn one at a time and not
 * stored, so thousands need no more memory than one page.
 */
export class ItemsTable {
  readonly printed = new PrintedSums();
  readonly #flow: Flow;
  readonly #invoice: LineInvoice;
  readonly #table: Table;
  /** The last item, not drawn yet: the sums of its part stay with it on a page. */
  #held: LaidOutRow | undefined;
  /** The part that is being drawn, as a position in the order of parts; none before the first. */
  #at = -1;

  constructor(flow: Flow, invoice: LineInvoice) {
    this.#flow = flow;
    this.#invoice = invoice;
    const columns = columnsOf(invoice.currency);
    const label = (name: keyof typeof columns) => labelIn(columns[name], invoice.language);
    this.#table = new Table(flow.canvas, frame.left, [
      { label: label('suppliedOn'), width: 82, align: 'left' },
      { label: label('content'), width: 172, align: 'left' },
      { label: label('company'), width: 118, align: 'left' },
      { label: label('taxRate'), width: 43, align: 'right' },
      { label: label('amount'), width: frame.width - 415, align: 'right' },
    ]);
  }

  /** Takes the next item, and draws the one before; a new part begins with its title. Returns whether a page is full. */
  add(item: InvoiceItem): boolean {
    this.#advanceTo(invoiceParts.indexOf(item.part), item);
    const turned = this.#drawHeld(0);
    this.#held = this.#layOut(item);
    this.printed.add(item);
    return turned;
  }

  /** Draws the sums of the last part, and the parts without items. */
  finish(): void {
    this.#advanceTo(invoiceParts.length);
  }

  /** Ends the part that is being drawn and titles those up to another. */
  #advanceTo(index: number, first?: InvoiceItem): void {
    if (index < this.#at)
      throw new Error(`Invoice ${this.#invoice.number}: items are not in the order of parts`);
    if (index === this.#at) return;
    this.#drawSums();
    for (const part of invoiceParts.slice(this.#at + 1, index)) this.#drawEmpty(part);
    this.#at = index;
    const part = invoiceParts[index];
    if (part !== undefined && first) this.#begin(part, first);
  }

  #begin(part: InvoicePart, first: InvoiceItem): void {
    const { height } = this.#layOut(first);
    this.#drawTitle(part, this.#table.headerHeight + FIRST_ROWS * height);
    this.#drawHeader(false);
  }

  #drawEmpty(part: InvoicePart): void {
    const { canvas } = this.#flow;
    const { language } = this.#invoice;
    this.#drawTitle(part, 0);
    canvas.tag('P', () => {
      const baseline = this.#flow.y - SECTION_TITLE_HEIGHT + 15;
      const at = { x: frame.right, baseline, align: 'right' } as const;
      canvas.text(sentences[language].none, at, textStyles.note);
    });
  }

  #drawTitle(part: InvoicePart, contentHeight: number): void {
    const flow = this.#flow;
    const turned = flow.ensure(GAP + SECTION_TITLE_HEIGHT + contentHeight);
    flow.advance(turned ? -6 : GAP);
    const label = partLabel(part, this.#invoice.language);
    drawSectionTitle(flow.canvas, { x: frame.left, y: flow.y, width: frame.width }, label);
    flow.advance(SECTION_TITLE_HEIGHT - 3);
  }

  #drawHeader(again: boolean): void {
    this.#table.drawHeader(this.#flow.y, again);
    this.#flow.advance(this.#table.headerHeight);
  }

  /** The next page of a part: its name, and the head of the table again. */
  #continue(): void {
    const flow = this.#flow;
    flow.turnPage();
    const part = invoiceParts[this.#at];
    const { language } = this.#invoice;
    const name = part === undefined ? '' : partLabel(part, language).ja;
    flow.canvas.artifact('Layout', () => {
      const text = name + sentences[language].continued;
      flow.canvas.text(text, { x: frame.left, baseline: flow.y + 4 }, textStyles.heading);
    });
    flow.advance(11);
    this.#drawHeader(true);
  }

  #layOut(item: InvoiceItem): LaidOutRow {
    const { language, currency } = this.#invoice;
    const words = sentences[language];
    return this.#table.layOut({
      height: ROW_HEIGHT,
      cells: [
        { text: writeShortDate(item.suppliedOn, language), below: isRefund(item) ? words.refundedOn : '' },
        { text: writeContent(item, language), below: writeService(item, language) },
        { text: item.company },
        { text: writeTax(item) },
        { text: writeFigure(item.amountMinor, currency) },
      ],
    });
  }

  #drawSums(): void {
    const part = invoiceParts[this.#at];
    if (part === undefined) return;
    const { language, currency } = this.#invoice;
    const all = this.printed.ofPart(part);
    const words = sentences[language];
    // What was given back at a rate, and what is left after it.
    const lines = all.flatMap(({ tax, totalMinor, refundedMinor }) => [
      ...(refundedMinor === 0n
        ? []
        : [{ tax, name: words.refundSubtotal, minor: refundedMinor, style: textStyles.body }]),
      { tax, name: words.subtotal, minor: totalMinor, style: textStyles.strong },
    ]);
    const rows = lines.map(({ tax, name, minor, style }, index) =>
      this.#table.layOut({
        height: ROW_HEIGHT,
        overRule: index === 0,
        tinted: true,
        cells: [
          { text: '' },
          { text: `${name}　${rateName(tax, language)}`, style },
          { text: '' },
          { text: writeTax(tax) },
          { text: writeFigure(minor, currency), style },
        ],
      }),
    );
    this.#drawHeld(rows.length * ROW_HEIGHT);
    for (const row of rows) this.#draw(row);
  }

  /** Draws the item that is held, on a new page if it does not fit with `reserve` below it. Returns whether it began one. */
  #drawHeld(reserve: number): boolean {
    const row = this.#held;
    if (!row) return false;
    const turned = !this.#flow.fits(row.height, reserve);
    if (turned) this.#continue();
    this.#draw(row);
    this.#held = undefined;
    return turned;
  }

  #draw(row: LaidOutRow): void {
    this.#flow.canvas.tag('P', () => this.#table.drawLine(this.#flow.y, row));
    this.#flow.advance(row.height);
  }
}
