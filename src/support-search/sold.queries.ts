import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type {
  FoundCharge,
  FoundConsent,
  FoundInvoice,
  FoundRefund,
  FoundSubscription,
} from './found.types.ts';

interface ChargeRow extends Omit<FoundCharge, 'amountMinor' | 'date'> {
  readonly amount: string;
  readonly businessDate: string | null;
  readonly createdAt: Date;
}

export async function findCharge(deps: Deps, id: string): Promise<FoundCharge[]> {
  return await readCharges(deps, sql`charge c`, sql`c.id = ${id}`, 1);
}

/** Captured charges of an amount on days of a span (half-open), the newest first. */
export async function findChargesOfAmount(
  deps: Deps,
  { amountMinor, from, to }: { readonly amountMinor: bigint; readonly from: string; readonly to: string },
  limit: number,
): Promise<FoundCharge[]> {
  return await readCharges(
    deps,
    sql`charge c FORCE INDEX (charge_of_amount)`,
    sql`c.captured_minor = ${amountMinor} AND c.business_date >= ${from} AND c.business_date < ${to}`,
    limit,
  );
}

/** The keys are read before their rows, so that only the rows of the page are. */
async function readCharges(
  deps: Deps,
  from: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<FoundCharge[]> {
  const { rows } = await sql<ChargeRow>`
    SELECT c.id, c.line_id AS lineId, c.state, CAST(COALESCE(c.captured_minor, c.amount_minor) AS CHAR) AS amount,
      c.business_date AS businessDate, c.created_at AS createdAt, c.description, o.name AS company, o.name_en AS companyEn,
      s.name AS service, s.name_en AS serviceEn
    FROM (SELECT c.id, c.business_date FROM ${from} WHERE ${where} ORDER BY c.business_date DESC, c.id DESC LIMIT ${limit}) AS page
    JOIN charge c ON c.id = page.id JOIN company o ON o.id = c.company_id JOIN service s ON s.id = c.service_id
    ORDER BY page.business_date DESC, page.id DESC`.execute(sqlOf(emOf(deps)));
  return rows.map(({ amount, businessDate, createdAt, ...row }) => ({
    ...row,
    amountMinor: BigInt(amount),
    date: businessDate ?? businessDateOf(createdAt, deps.config.timeZone),
  }));
}

export async function findSubscription(deps: Deps, id: string): Promise<FoundSubscription[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('subscription as a')
    .innerJoin('company as o', 'o.id', 'a.companyId')
    .select(['a.id', 'a.lineId', 'a.state', 'a.amountMinor', 'a.description', 'o.name as company'])
    .select('o.nameEn as companyEn')
    .where('a.id', '=', id)
    .execute();
}

export async function findConsent(deps: Deps, id: string): Promise<FoundConsent[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('consent as a')
    .innerJoin('company as o', 'o.id', 'a.companyId')
    .leftJoin('subscriber as u', 'u.id', 'a.subscriberId')
    .select(['a.id', 'u.lineId', 'a.state', 'a.description', 'o.name as company', 'o.nameEn as companyEn'])
    .where('a.id', '=', id)
    .execute();
}

export async function findRefund(deps: Deps, id: string): Promise<FoundRefund[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .innerJoin('company as o', 'o.id', 'r.companyId')
    .select(['r.id', 'r.chargeId', 'r.lineId', 'r.amountMinor', 'r.businessDate', 'o.name as company'])
    .select('o.nameEn as companyEn')
    .where('r.id', '=', id)
    .execute();
}

export async function findInvoice(deps: Deps, number: string): Promise<FoundInvoice[]> {
  return await readInvoices(deps, sql`l.number = ${number}`, 1);
}

/** Numbered invoices of a month with a total, in the order of their numbers. */
export async function findInvoicesOfTotal(
  deps: Deps,
  { totalMinor, period }: { readonly totalMinor: bigint; readonly period: string },
  limit: number,
): Promise<FoundInvoice[]> {
  return await readInvoices(
    deps,
    sql`l.billing_period = ${period} AND l.closing_group IN (5, 10, 15, 20, 25, 31) AND l.issued_minor = ${totalMinor}`,
    limit,
  );
}

async function readInvoices(deps: Deps, where: RawBuilder<unknown>, limit: number): Promise<FoundInvoice[]> {
  const { rows } = await sql<Omit<FoundInvoice, 'totalMinor'> & { total: string }>`
    SELECT l.number, l.billing_period AS billingPeriod, l.line_id AS lineId, CAST(l.total_minor AS CHAR) AS total
    FROM line_invoice l WHERE ${where} ORDER BY l.number LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ total, ...row }) => ({ ...row, totalMinor: BigInt(total) }));
}
