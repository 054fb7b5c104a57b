import { sumPendingClawbacks, type ClawbackSums } from '../collections/pending-clawbacks.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { NEVER_SETTLED, type SettledBefore } from '../settlements/settle-month.rules.ts';
import { findSettledBefore, findTerms } from '../settlements/settlement-terms.queries.ts';
import { addMonths, monthOf } from '../shared/calendar-date.rules.ts';
import type { UnsettledMonth } from './company-effect.rules.ts';
import {
  countMonths,
  NOTHING_COUNTED,
  type CountedMonth,
  type MonthsOfCompany,
} from './company-month.queries.ts';

/** A month of a company with those before it that are not settled. */
export interface MonthAhead {
  /** What the first of the months takes over. */
  readonly before: SettledBefore;
  /** Months before the one asked for that are not settled, oldest first. */
  readonly earlier: readonly UnsettledMonth[];
  readonly month: UnsettledMonth;
  readonly counted: CountedMonth;
}

/**
 * The month of a company that a refund would be in, and the months before it that nobody has settled yet: their balances are
 * carried into it. Clawbacks and recoveries are in the first of them that takes them.
 */
export async function findMonthAhead(
  deps: Deps,
  { period, ...company }: Omit<MonthsOfCompany, 'from' | 'through'> & { readonly period: string },
): Promise<MonthAhead> {
  const { companyId } = company;
  const from = await findFirstUnsettled(deps, companyId, period);
  const counts = await countMonths(deps, { ...company, from, through: period });
  const before = (await findSettledBefore(deps, from, [companyId])).get(companyId) ?? NEVER_SETTLED;
  const clawbacks = await findWaitingClawbacks(deps, { companyId, from, through: period });
  const months: UnsettledMonth[] = [];
  // Months in which nothing happened and nothing is carried are not settled: their terms are not looked up.
  const isCarrying = before.carriedOutMinor !== 0n;
  for (let month = from; month <= period; month = addMonths(month, 1)) {
    const sums = counts.get(month);
    const taken = clawbacks.get(month) ?? NOTHING_WAITS;
    if (!sums && !clawbacks.has(month) && !isCarrying && months.length === 0 && month < period) continue;
    const terms = (await findTerms(deps, month, [companyId])).get(companyId);
    months.push({ period: month, sums: sums ?? NOTHING_COUNTED, clawbacks: taken, terms });
  }
  return {
    before,
    earlier: months.slice(0, -1),
    month: months.at(-1)!,
    counted: counts.get(period) ?? NOTHING_COUNTED,
  };
}

const NOTHING_WAITS: ClawbackSums = { clawbackMinor: 0n, recoveryMinor: 0n };

/** After the latest settlement; a rejected one is drafted again. Before the first settlement, the month before the first contract. */
async function findFirstUnsettled(deps: Deps, companyId: number, period: string): Promise<string> {
  const latest = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['billingPeriod', 'state'])
    .where('companyId', '=', companyId)
    .where('billingPeriod', '<', period)
    .orderBy('billingPeriod', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (latest) return latest.state === 'rejected' ? latest.billingPeriod : addMonths(latest.billingPeriod, 1);
  const { first } = await sqlOf(emOf(deps))
    .selectFrom('contract')
    .select(({ fn }) => fn.min('validFrom').as('first'))
    .where('companyId', '=', companyId)
    .executeTakeFirstOrThrow();
  const begun = addMonths(monthOf(first ?? `${period}-01`), -1);
  return begun < period ? begun : period;
}

/** What each of the months would take over, in their order: all that waits by then and no month before has taken. */
async function findWaitingClawbacks(
  deps: Deps,
  { companyId, from, through }: Pick<MonthsOfCompany, 'companyId' | 'from' | 'through'>,
): Promise<Map<string, ClawbackSums>> {
  const waiting = new Map<string, ClawbackSums>();
  const sumThrough = async (period: string) =>
    (await sumPendingClawbacks(deps, period, [companyId])).get(companyId);
  if (!(await sumThrough(through))) return waiting;
  let taken = NOTHING_WAITS;
  for (let period = from; period <= through; period = addMonths(period, 1)) {
    const sums = (await sumThrough(period)) ?? NOTHING_WAITS;
    const clawbackMinor = sums.clawbackMinor - taken.clawbackMinor;
    const recoveryMinor = sums.recoveryMinor - taken.recoveryMinor;
    if (clawbackMinor > 0n || recoveryMinor > 0n) waiting.set(period, { clawbackMinor, recoveryMinor });
    taken = sums;
  }
  return waiting;
}
