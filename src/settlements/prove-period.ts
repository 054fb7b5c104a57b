import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { Problem } from '../shared/problem.ts';
import type { BilledCompany } from './billed-companies.queries.ts';
import type { PeriodToSettle } from './settlement-periods.queries.ts';

interface Figures {
  /** Items summed up by company. */
  readonly billed: ReadonlyMap<number, BilledCompany>;
  /** What earlier settlements of the period have billed, by company. */
  readonly settled: ReadonlyMap<number, bigint>;
}

/**
 * Proves a period before any company is paid for it: its items, the proofs of close of its six groups, its
 * earlier settlements and the captures in the ledger must agree.
 * @throws Problem `settlement-refused` naming the figures that differ.
 */
export async function provePeriod(
  deps: Deps,
  { period, totalMinor, itemCount }: PeriodToSettle,
  { billed, settled }: Figures,
): Promise<void> {
  const companies = [...billed.values()];
  const items = companies.reduce((count, company) => count + company.itemCount, 0);
  const total = companies.reduce((sum, company) => sum + company.billedMinor, 0n);
  assertSame(period, 'number of items, as closed and now', [itemCount, items]);
  assertSame(period, 'total, as closed and of the items', [totalMinor, total]);
  const captured = await sumCaptures(deps, period, companies);
  for (const companyId of new Set([...billed.keys(), ...settled.keys(), ...captured.keys()])) {
    const { billedMinor = 0n, settlementLines = [] } = billed.get(companyId) ?? {};
    const linesMinor = settlementLines.reduce((sum, line) => sum + line.totalMinor, 0n);
    assertSame(period, `company ${companyId}, items and settlement lines`, [billedMinor, linesMinor]);
    assertSame(period, `company ${companyId}, items and ledger`, [
      billedMinor,
      captured.get(companyId) ?? 0n,
    ]);
    const settledMinor = settled.get(companyId) ?? billedMinor;
    assertSame(period, `company ${companyId}, items and settlement`, [billedMinor, settledMinor]);
  }
}

function assertSame(period: string, what: string, [left, right]: [bigint | number, bigint | number]): void {
  if (left === right) return;
  const detail = `${period} is not settled. ${what}: ${left} and ${right}`;
  throw new Problem('settlement-refused', { detail, facts: { period } });
}

/** Captures of the period by company; the items' own business dates bound the range of the ledger that is read. */
async function sumCaptures(
  deps: Deps,
  period: string,
  companies: readonly BilledCompany[],
): Promise<Map<number, bigint>> {
  if (companies.length === 0) return new Map();
  const first = companies.map((company) => company.firstBusinessDate).sort()[0]!;
  const last = companies
    .map((company) => company.lastBusinessDate)
    .sort()
    .at(-1)!;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('ledger_entry as e')
    .innerJoin('ledger_account as a', 'a.id', 'e.creditAccount')
    .select(({ fn }) => ['a.companyId', fn.sum('e.amountMinor').as('captured')])
    .where('e.businessDate', '>=', first)
    .where('e.businessDate', '<=', last)
    .where('e.kind', '=', 'capture')
    .where('e.billingPeriod', '=', period)
    .groupBy('a.companyId')
    .execute();
  return new Map(rows.map((row) => [row.companyId ?? 0, BigInt(row.captured)]));
}
