import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { CountedSum, PersonMonth } from './month-totals.rules.ts';
import type { PurchaseScope } from './purchase-scope.queries.ts';

type People = Pick<PurchaseScope, 'people'>;
type Figure = number | string;

interface MonthRow {
  readonly subscriberId: number;
  readonly count: Figure;
  readonly minor: Figure;
  readonly invoicedCount: Figure;
  readonly invoicedMinor: Figure;
}

/** What each person has been charged in a billing period, and how much of it is on the invoice. */
export async function sumMonthByPerson(
  deps: Deps,
  scope: People,
  period: string,
): Promise<ReadonlyMap<number, Pick<PersonMonth, 'booked' | 'onInvoice'>>> {
  const { text, values } = monthQuery(scope, period);
  const rows = await queryRows<MonthRow>(emOf(deps), text, values);
  return new Map(
    rows.map((row) => [
      row.subscriberId,
      { booked: sumFrom(row.count, row.minor), onInvoice: sumFrom(row.invoicedCount, row.invoicedMinor) },
    ]),
  );
}

/** The statement of `sumMonthByPerson`: both tables in their indexes alone. */
export function monthQuery({ people }: People, period: string) {
  return {
    text: `SELECT c.subscriber_id AS subscriberId, COUNT(*) AS count, SUM(c.captured_minor) AS minor,
        COUNT(i.charge_id) AS invoicedCount, SUM(IF(i.charge_id IS NULL, 0, c.captured_minor)) AS invoicedMinor
      FROM charge c FORCE INDEX (charge_of_buyer) LEFT JOIN invoice_item i ON i.charge_id = c.id AND i.refund_id = ''
      WHERE c.billing_period = ? AND c.subscriber_id IN (?) AND c.captured_minor IS NOT NULL GROUP BY c.subscriber_id`,
    values: [period, people.map(({ id }) => id)],
  };
}

/** What each person has reserved: authorizations that can still be charged. */
export async function sumReservedByPerson(
  deps: Deps,
  scope: Pick<PurchaseScope, 'people' | 'lineId' | 'holderFrom'>,
): Promise<ReadonlyMap<number, CountedSum>> {
  const { text, values } = reservedQuery(scope, deps.clock.now());
  const rows = await queryRows<{ subscriberId: number; count: Figure; minor: Figure }>(
    emOf(deps),
    text,
    values,
  );
  return new Map(rows.map(({ subscriberId, count, minor }) => [subscriberId, sumFrom(count, minor)]));
}

/** The statement of `sumReservedByPerson`. */
export function reservedQuery(
  { people, lineId, holderFrom }: Pick<PurchaseScope, 'people' | 'lineId' | 'holderFrom'>,
  now: Date,
) {
  return {
    text: `SELECT o.subscriber_id AS subscriberId, COUNT(*) AS count, SUM(o.amount_minor) AS minor
      FROM open_authorization o JOIN charge c ON c.id = o.charge_id
      WHERE o.line_id = ? AND o.holder_from = ? AND o.subscriber_id IN (?) AND c.open_until > ?
      GROUP BY o.subscriber_id`,
    values: [lineId, holderFrom, people.map(({ id }) => id), now],
  };
}

const sumFrom = (count: Figure, minor: Figure): CountedSum => ({
  count: Number(count),
  minor: BigInt(minor),
});
