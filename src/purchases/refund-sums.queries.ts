import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import type { CountedSum } from './month-totals.rules.ts';
import type { PurchaseScope } from './purchase-scope.queries.ts';

type Scope = Pick<PurchaseScope, 'lineId' | 'holderFrom' | 'people'>;
type Figure = number | string;

/*
 * Refunds that invoices deduct, by the period of that invoice, whichever period their purchases are of. Each statement reads
 * the refunds of the line and their purchases by keys. Sums are positive.
 */

/** What one person gets back in a billing period. */
export interface PersonRefunds {
  readonly refunded: CountedSum;
  /** Of this, for purchases of the same period: what can be bought again in it. */
  readonly givenBackMinor: bigint;
}

/** What each person gets back on the invoice of a period. */
export async function sumRefundsByPerson(
  deps: Deps,
  scope: Scope,
  period: string,
): Promise<ReadonlyMap<number, PersonRefunds>> {
  const { text, values } = personRefundsQuery(scope, period);
  const rows = await queryRows<{ subscriberId: number; count: Figure; minor: Figure; ownMinor: Figure }>(
    emOf(deps),
    text,
    values,
  );
  return new Map(
    rows.map(({ subscriberId, count, minor, ownMinor }) => [
      subscriberId,
      { refunded: { count: Number(count), minor: BigInt(minor) }, givenBackMinor: BigInt(ownMinor) },
    ]),
  );
}

/** The statement of `sumRefundsByPerson`. */
export const personRefundsQuery = (scope: Scope, period: string) =>
  refundsQuery(scope, [period], {
    select: `c.subscriber_id AS subscriberId, COUNT(*) AS count, SUM(r.amount_minor) AS minor,
      SUM(IF(r.charge_period = r.billing_period AND r.charge_group = r.closing_group, r.amount_minor, 0)) AS ownMinor`,
    groupBy: 'c.subscriber_id',
  });

/** What is given back on the invoices of some periods, by period. */
export async function sumRefundsByPeriod(
  deps: Deps,
  scope: Scope,
  periods: readonly string[],
): Promise<ReadonlyMap<string, CountedSum>> {
  if (periods.length === 0 || scope.people.length === 0) return new Map();
  const { text, values } = periodRefundsQuery(scope, periods);
  const rows = await queryRows<{ period: string; count: Figure; minor: Figure }>(emOf(deps), text, values);
  return new Map(
    rows.map(({ period, count, minor }) => [period, { count: Number(count), minor: BigInt(minor) }]),
  );
}

/** The statement of `sumRefundsByPeriod`. */
export const periodRefundsQuery = (scope: Scope, periods: readonly string[]) =>
  refundsQuery(scope, periods, {
    select: 'r.billing_period AS period, COUNT(*) AS count, SUM(r.amount_minor) AS minor',
    groupBy: 'r.billing_period',
  });

/** A sum of one tax rate. */
export interface RateSum {
  readonly taxCode: TaxCode;
  readonly taxRateBps: number;
  readonly minor: bigint;
}

/** What is given back on the invoice of a period, by tax rate. */
export async function sumRefundsByRate(deps: Deps, scope: Scope, period: string): Promise<RateSum[]> {
  const { text, values } = rateRefundsQuery(scope, period);
  const rows = await queryRows<Omit<RateSum, 'minor'> & { minor: Figure }>(emOf(deps), text, values);
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

/** The statement of `sumRefundsByRate`. */
export const rateRefundsQuery = (scope: Scope, period: string) =>
  refundsQuery(scope, [period], {
    select: 'r.tax_code AS taxCode, r.tax_rate_bps AS taxRateBps, SUM(r.amount_minor) AS minor',
    groupBy: 'r.tax_code, r.tax_rate_bps',
  });

function refundsQuery(
  { lineId, holderFrom, people }: Scope,
  periods: readonly string[],
  { select, groupBy }: { readonly select: string; readonly groupBy: string },
) {
  return {
    text: `SELECT ${select} FROM refund r FORCE INDEX (refund_of_line) STRAIGHT_JOIN charge c ON c.id = r.charge_id
      WHERE r.line_id = ? AND r.holder_from = ? AND r.kind = 'invoice' AND r.billing_period IN (?)
        AND c.subscriber_id IN (?) GROUP BY ${groupBy}`,
    values: [lineId, holderFrom, periods, people.map(({ id }) => id)],
  };
}
