import { sql, type RawBuilder } from 'kysely';

/** Where the items of a month are summed up from. */
export interface ItemSource {
  /** A table with the columns of `invoice_item`: the table itself, or a subquery. */
  readonly items: RawBuilder<unknown>;
  /** The same as `i`, of which the item of one charge is read by the whole key of an item. */
  readonly itemsByKey: RawBuilder<unknown>;
  /** The items `i` of a line `n` in a period: tables and condition. */
  ofLine(period: string): RawBuilder<unknown>;
  /** Of a part of the lines: a further condition on refunds `r`. */
  readonly ofLines: RawBuilder<unknown>;
}

/**
 * What is on invoices: the items of a line are found by its invoices. The indexes are named, because the server has no statistics yet
 * of a month that was folded and closed in the same night, and then reads all invoices of a closing group for each line.
 */
export const INVOICED: ItemSource = {
  items: sql`invoice_item`,
  itemsByKey: sql`invoice_item i FORCE INDEX (PRIMARY)`,
  ofLine: (period) => sql`line_invoice l FORCE INDEX (line_invoice_one_per_period)
      STRAIGHT_JOIN invoice_item i FORCE INDEX (PRIMARY) ON i.billing_period = l.billing_period
      AND i.closing_group = l.closing_group AND i.line_id = l.line_id AND i.holder_from = l.holder_from
    WHERE l.line_id = n.line_id AND l.billing_period = ${period}`,
  ofLines: sql``,
};
