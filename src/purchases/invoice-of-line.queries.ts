import type { Actor } from '../access/actor.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { CorrectedTax } from '../invoices/corrected-parties.ts';
import { listCorrections } from '../invoices/invoice-correction.queries.ts';
import { Problem } from '../shared/problem.ts';
import { sumMinor } from '../shared/money.ts';
import { includedTax, type TaxCode } from '../shared/tax.rules.ts';
import { readInvoices, type InvoiceOfLine } from './invoices-of-line.queries.ts';
import { readPurchases, type Purchase } from './purchase.queries.ts';
import { sumRefundsByRate } from './refund-sums.queries.ts';
import { listRefundsOnInvoice, type RefundOnInvoice } from './refunds-on-invoice.queries.ts';
import {
  getPurchaseScope,
  listTenurePeriods,
  type PurchaseScope,
  type TenurePeriod,
} from './purchase-scope.queries.ts';

/** A total by tax rate; of an issued invoice also by whether the supplier was registered. */
export interface RateTotal {
  readonly taxCode: TaxCode;
  readonly taxRateBps: number;
  readonly supplier: 'registered' | 'unregistered' | null;
  readonly totalMinor: bigint;
  /** Included in the total, rounded once. */
  readonly taxMinor: bigint;
}

export interface InvoiceDetails extends InvoiceOfLine {
  readonly rates: readonly RateTotal[];
  /** The documents that replaced the first one, oldest first. */
  readonly corrections: readonly {
    readonly number: string;
    readonly revision: number;
    readonly correctedOn: string;
  }[];
  /** All refunds on it, oldest first. */
  readonly refunds: readonly RefundOnInvoice[];
  /** A page of its purchases, oldest first. */
  readonly items: readonly Purchase[];
  /** The identifier after which the next page begins, if there is one. */
  readonly next: string | undefined;
  readonly people: PurchaseScope['people'];
  readonly isHolder: boolean;
}

export interface InvoiceRequest {
  /** `YYYY-MM`, the month in which the period begins. */
  readonly period: string;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** The invoice of the actor's tenure for a period, open or issued, with a page of its purchases. @throws Problem `not-found`. */
export async function getInvoiceOfLine(
  deps: Deps,
  actor: Actor,
  request: InvoiceRequest,
): Promise<InvoiceDetails> {
  const scope = await getPurchaseScope(deps, actor);
  const periods = await listTenurePeriods(deps, scope);
  const period = periods.find((one) => one.period === request.period);
  const [invoice] = period ? await readInvoices(deps, scope, [period]) : [];
  if (!period || !invoice) throw new Problem('not-found');
  const ids = await findItems(deps, scope, { ...request, limit: request.limit + 1 });
  const shown = ids.slice(0, request.limit);
  const items = await readPurchases(deps, scope, shown);
  const corrections = invoice.number === null ? [] : await listCorrections(deps, invoice.number);
  const corrected = corrections.at(-1)?.content;
  return {
    ...invoice,
    holder: invoice.holder === null ? null : (corrected?.holder ?? invoice.holder),
    rates: corrected
      ? corrected.taxes.map(ratesOf)
      : invoice.number === null
        ? await sumRates(deps, scope, period)
        : await findTaxes(deps, scope, period),
    corrections: scope.isHolder
      ? corrections.map(({ number, revision, correctedOn }) => ({ number, revision, correctedOn }))
      : [],
    refunds: await listRefundsOnInvoice(deps, scope, period.period),
    items: items.toReversed(),
    next: ids.length > request.limit ? shown.at(-1) : undefined,
    people: scope.people,
    isHolder: scope.isHolder,
  };
}

function ratesOf({ part, totalMinor, taxMinor, ...rate }: CorrectedTax): RateTotal {
  return { ...rate, supplier: part, totalMinor: BigInt(totalMinor), taxMinor: BigInt(taxMinor) };
}

async function findItems(deps: Deps, scope: PurchaseScope, request: InvoiceRequest): Promise<string[]> {
  const { text, values } = itemsQuery(scope, request);
  const rows = await queryRows<{ id: string }>(emOf(deps), text, values);
  return rows.map(({ id }) => id);
}

/** The statement that finds a page of a period's purchases, from the index alone. */
export function itemsQuery(
  { people }: Pick<PurchaseScope, 'people'>,
  { period, after = '', limit }: InvoiceRequest,
) {
  return {
    text: `SELECT c.id FROM charge c FORCE INDEX (charge_of_buyer)
      WHERE c.billing_period = ? AND c.subscriber_id IN (?) AND c.id > ? ORDER BY c.id LIMIT ?`,
    values: [period, people.map(({ id }) => id), after, limit],
  };
}

async function findTaxes(
  deps: Deps,
  { lineId, holderFrom }: PurchaseScope,
  { period, closingGroup }: TenurePeriod,
): Promise<RateTotal[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('line_invoice_tax')
    .select(['part', 'taxCode', 'taxRateBps', 'totalMinor', 'taxMinor'])
    .where('billingPeriod', '=', period)
    .where('closingGroup', '=', closingGroup)
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .orderBy('part')
    .orderBy('taxRateBps', 'desc')
    .execute();
  return rows.map(({ part, ...row }) => ({ ...row, supplier: part }));
}

interface RateRow {
  readonly taxCode: TaxCode;
  readonly taxRateBps: number;
  readonly minor: number | string;
}

/** Purchases less refunds, netted per rate before the tax is rounded. */
async function sumRates(deps: Deps, scope: PurchaseScope, { period }: TenurePeriod): Promise<RateTotal[]> {
  const { text, values } = ratesQuery(scope, period);
  const rows = await queryRows<RateRow>(emOf(deps), text, values);
  const refunds = await sumRefundsByRate(deps, scope, period);
  const sums = [
    ...rows.map((row) => ({ ...row, minor: BigInt(row.minor) })),
    ...refunds.map((row) => ({ ...row, minor: -row.minor })),
  ];
  const byRate = Map.groupBy(sums, ({ taxCode, taxRateBps }) => `${taxRateBps} ${taxCode}`);
  const rates = [...byRate.values()].map((ofRate): RateTotal => {
    const { taxCode, taxRateBps } = ofRate[0]!;
    const totalMinor = sumMinor(ofRate.map(({ minor }) => minor));
    return { taxCode, taxRateBps, supplier: null, totalMinor, taxMinor: includedTax(totalMinor, taxRateBps) };
  });
  return rates.toSorted((one, other) => other.taxRateBps - one.taxRateBps);
}

/** The statement that sums up the purchases of a period by tax rate. */
export function ratesQuery({ people }: Pick<PurchaseScope, 'people'>, period: string) {
  return {
    text: `SELECT c.tax_code AS taxCode, c.tax_rate_bps AS taxRateBps, SUM(c.captured_minor) AS minor
      FROM charge c FORCE INDEX (charge_of_buyer) WHERE c.billing_period = ? AND c.subscriber_id IN (?)
      GROUP BY c.tax_code, c.tax_rate_bps ORDER BY c.tax_rate_bps DESC, c.tax_code`,
    values: [period, people.map(({ id }) => id)],
  };
}
