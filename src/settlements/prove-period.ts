import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { BankRefunds } from '../refunds/bank-refunds.queries.ts';
import { addDays } from '../shared/calendar-date.rules.ts';
import { addMonths } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { BilledCompany } from './billed-companies.queries.ts';
import type { PeriodToSettle } from './settlement-periods.queries.ts';

interface Figures {
  /** Items summed up by company. */
  readonly billed: ReadonlyMap<number, BilledCompany>;
  /** Refunds by bank of the calendar month, by company. */
  readonly bankRefunds: ReadonlyMap<number, BankRefunds>;
  /** What earlier settlements of the period have billed, by company. */
  readonly settled: ReadonlyMap<number, bigint>;
}

/**
 * Proves a period before any company is paid for it: its items, the proofs of close of its six groups, its
 * earlier settlements, the refunds by bank of its month, and the captures and refunds in the ledger must agree.
 * @throws Problem `settlement-refused` naming the figures that differ.
 */
export async function provePeriod(
  deps: Deps,
  { period, totalMinor, itemCount }: PeriodToSettle,
  { billed, bankRefunds, settled }: Figures,
): Promise<void> {
  const companies = [...billed.values()];
  const items = companies.reduce((count, company) => count + company.invoicedItemCount, 0);
  const total = companies.reduce((sum, company) => sum + company.billedMinor - company.refundedMinor, 0n);
  assertSame(period, 'number of items, as closed and now', [itemCount, items]);
  assertSame(period, 'total, as closed and of the items', [totalMinor, total]);
  const posted = await sumPosted(deps, period, companies);
  const byBank = await sumPostedByBank(deps, period);
  for (const companyId of new Set([...bankRefunds.keys(), ...byBank.keys()])) {
    const figures = [bankRefunds.get(companyId)?.refundedMinor ?? 0n, byBank.get(companyId) ?? 0n] as const;
    assertSame(period, `company ${companyId}, refunds by bank and ledger`, [...figures]);
  }
  for (const companyId of new Set([...billed.keys(), ...settled.keys(), ...posted.keys()])) {
    const { billedMinor, refundedMinor, settlementLines } = billed.get(companyId) ?? NOTHING;
    const { capturedMinor, givenBackMinor } = posted.get(companyId) ?? NOT_POSTED;
    const same = (what: string, figures: [bigint, bigint]) =>
      assertSame(period, `company ${companyId}, ${what}`, figures);
    same('items and settlement lines', [billedMinor, sumLines(settlementLines, 'charge')]);
    same('items and ledger', [billedMinor, capturedMinor]);
    same('refunds and settlement lines', [refundedMinor, -sumLines(settlementLines, 'refund')]);
    same('refunds and ledger', [refundedMinor, givenBackMinor]);
    same('items and settlement', [billedMinor, settled.get(companyId) ?? billedMinor]);
  }
}

const NOTHING = { billedMinor: 0n, refundedMinor: 0n, settlementLines: [] };
const NOT_POSTED = { capturedMinor: 0n, givenBackMinor: 0n };

function sumLines(lines: BilledCompany['settlementLines'], kind: 'charge' | 'refund'): bigint {
  return lines.reduce((sum, line) => (line.kind === kind ? sum + line.totalMinor : sum), 0n);
}

function assertSame(period: string, what: string, [left, right]: [bigint | number, bigint | number]): void {
  if (left === right) return;
  const detail = `${period} is not settled. ${what}: ${left} and ${right}`;
  throw new Problem('settlement-refused', { detail, facts: { period } });
}

/**
 * Captures and refunds of the period by company; the items' own business dates bound the range of the ledger that is read.
 * A capture credits what the company is owed, a refund debits it.
 */
async function sumPosted(
  deps: Deps,
  period: string,
  companies: readonly BilledCompany[],
): Promise<Map<number, typeof NOT_POSTED>> {
  if (companies.length === 0) return new Map();
  const first = companies.map((company) => company.firstBusinessDate).sort()[0]!;
  const last = companies
    .map((company) => company.lastBusinessDate)
    .sort()
    .at(-1)!;
  const { rows } = await sql<
    Record<'companyId', number | null> & Record<'captured' | 'refunded', number | string>
  >`
    SELECT a.company_id AS companyId, SUM(IF(e.kind = 'capture', e.minor, 0)) AS captured,
      SUM(IF(e.kind = 'refund', e.minor, 0)) AS refunded
    FROM (SELECT kind, IF(kind = 'capture', credit_account, debit_account) AS account, SUM(amount_minor) AS minor
      FROM ledger_entry WHERE business_date BETWEEN ${first} AND ${last} AND kind IN ('capture', 'refund')
        AND billing_period = ${period} GROUP BY kind, account) AS e
    JOIN ledger_account a ON a.id = e.account GROUP BY a.company_id`.execute(sqlOf(emOf(deps)));
  return new Map(
    rows.map(({ companyId, captured, refunded }) => [
      companyId ?? 0,
      { capturedMinor: BigInt(captured), givenBackMinor: BigInt(refunded) },
    ]),
  );
}

/** Refunds by bank in the ledger by company; they are booked on the days of their month. */
async function sumPostedByBank(deps: Deps, period: string): Promise<Map<number, bigint>> {
  const first = `${period}-01`;
  const last = addDays(`${addMonths(period, 1)}-01`, -1);
  const { rows } = await sql<{ companyId: number | null; minor: number | string }>`
    SELECT a.company_id AS companyId, SUM(e.amount_minor) AS minor FROM ledger_entry e
    JOIN ledger_account a ON a.id = e.debit_account
    WHERE e.business_date BETWEEN ${first} AND ${last} AND e.kind = 'bank-refund' GROUP BY a.company_id`.execute(
    sqlOf(emOf(deps)),
  );
  return new Map(rows.map(({ companyId, minor }) => [companyId ?? 0, BigInt(minor)]));
}
