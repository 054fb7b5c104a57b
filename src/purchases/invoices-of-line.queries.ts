import type { Actor } from '../access/actor.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureRef } from '../personal-data/personal-data.queries.ts';
import type { CountedSum } from './month-totals.rules.ts';
import { sumRefundsByPeriod } from './refund-sums.queries.ts';
import {
  getPurchaseScope,
  listTenurePeriods,
  type PurchaseScope,
  type TenurePeriod,
} from './purchase-scope.queries.ts';

/** The invoice of a tenure for one period, or one person's share of it. */
export interface InvoiceOfLine {
  readonly period: TenurePeriod;
  /** Of the whole invoice for the holder, of the person's own purchases for another person, less the refunds on it. */
  readonly total: CountedSum;
  /** Once the period is closed; only the holder receives the invoice itself. */
  readonly number: string | null;
  /** As named on the invoice. */
  readonly holder: string | null;
}

export interface InvoiceList {
  readonly invoices: readonly InvoiceOfLine[];
  readonly isHolder: boolean;
}

/** The invoices of an actor's tenure, newest first; a period in which nothing was bought or given back has none. */
export async function listInvoicesOfLine(deps: Deps, actor: Actor, about?: TenureRef): Promise<InvoiceList> {
  const scope = await getPurchaseScope(deps, actor, about);
  const periods = await listTenurePeriods(deps, scope);
  return { invoices: await readInvoices(deps, scope, periods), isHolder: scope.isHolder };
}

/** The invoices of some periods; those without a purchase or refund are left out. */
export async function readInvoices(
  deps: Deps,
  scope: PurchaseScope,
  periods: readonly TenurePeriod[],
): Promise<InvoiceOfLine[]> {
  if (periods.length === 0) return [];
  const names = periods.map(({ period }) => period);
  const bought = await sumByPeriod(deps, scope, names);
  const refunded = await sumRefundsByPeriod(deps, scope, names);
  const issued = scope.isHolder ? await findIssued(deps, scope, names) : new Map<string, Issued>();
  return periods.flatMap((period) => {
    const invoice = issued.get(period.period);
    const total = invoice?.total ?? lessRefunds(bought.get(period.period), refunded.get(period.period));
    if (!total) return [];
    return [{ period, total, number: invoice?.number ?? null, holder: invoice?.holder ?? null }];
  });
}

/** Purchases and refunds are items alike. */
function lessRefunds(bought?: CountedSum, refunded?: CountedSum): CountedSum | undefined {
  if (!refunded) return bought;
  return {
    count: (bought?.count ?? 0) + refunded.count,
    minor: (bought?.minor ?? 0n) - refunded.minor,
  };
}

type Issued = Pick<InvoiceOfLine, 'total' | 'number' | 'holder'>;

async function findIssued(
  deps: Deps,
  { lineId, holderFrom }: PurchaseScope,
  periods: readonly string[],
): Promise<ReadonlyMap<string, Issued>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(['billingPeriod', 'number', 'holder', 'itemCount', 'totalMinor'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('billingPeriod', 'in', periods)
    .where('number', 'is not', null)
    .execute();
  return new Map(
    rows.map(({ billingPeriod, itemCount, totalMinor, ...row }) => [
      billingPeriod,
      { ...row, total: { count: itemCount, minor: totalMinor } },
    ]),
  );
}

async function sumByPeriod(
  deps: Deps,
  scope: PurchaseScope,
  periods: readonly string[],
): Promise<ReadonlyMap<string, CountedSum>> {
  const query = periodSumsQuery(scope, periods);
  if (!query) return new Map();
  const rows = await queryRows<{ period: string; count: number | string; minor: number | string }>(
    emOf(deps),
    query.text,
    query.values,
  );
  return new Map(rows.map((row) => [row.period, { count: Number(row.count), minor: BigInt(row.minor) }]));
}

/** The statement that sums up periods, from the index alone. */
export function periodSumsQuery({ people }: Pick<PurchaseScope, 'people'>, periods: readonly string[]) {
  if (people.length === 0 || periods.length === 0) return undefined;
  return {
    text: `SELECT c.billing_period AS period, COUNT(*) AS count, SUM(c.captured_minor) AS minor
      FROM charge c FORCE INDEX (charge_of_buyer)
      WHERE c.billing_period IN (?) AND c.subscriber_id IN (?) AND c.captured_minor IS NOT NULL GROUP BY c.billing_period`,
    values: [periods, people.map(({ id }) => id)],
  };
}
