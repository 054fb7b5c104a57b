import { sql, type RawBuilder } from 'kysely';

/** Where the items of a month are summed up from. */
export interface ItemSource {
  /** A table with the columns of `invoice_item`: the table itself, or a subquery. */
  readonly items: RawBuilder<unknown>;
  /** The items `i` of a line `n` in a period: tables and condition. */
  ofLine(period: string): RawBuilder<unknown>;
  /** Of a part of the lines: a further condition on refunds `r`. */
  readonly ofLines: RawBuilder<unknown>;
}

/** What is on invoices: the items of a line are found by its invoices. */
export const INVOICED: ItemSource = {
  items: sql`invoice_item`,
  ofLine: (period) => sql`line_invoice l STRAIGHT_JOIN invoice_item i ON i.billing_period = l.billing_period
      AND i.closing_group = l.closing_group AND i.line_id = l.line_id AND i.holder_from = l.holder_from
    WHERE l.line_id = n.line_id AND l.billing_period = ${period}`,
  ofLines: sql``,
};
