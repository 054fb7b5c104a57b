import { foreseeCut } from '../collections/foresee-cut.ts';
import { sumPendingClawbacks, type ClawbackSums } from '../collections/pending-clawbacks.queries.ts';
import { areResultsIn } from '../collections/results-are-in.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { NEVER_SETTLED, type SettledBefore } from '../settlements/settle-month.rules.ts';
import { findSettledBefore, findTerms } from '../settlements/settlement-terms.queries.ts';
import { businessDateOf, CLOSING_GROUPS } from '../shared/calendar.rules.ts';
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
  /** The same with the refund, which lowers what is clawed back of its charge. */
  readonly after: { readonly earlier: readonly UnsettledMonth[]; readonly month: UnsettledMonth };
  readonly counted: CountedMonth;
}

interface AskedMonth extends Omit<MonthsOfCompany, 'from' | 'through'> {
  readonly period: string;
  /** What would be refunded of the charge. */
  readonly amountMinor: bigint;
}

/**
 * The month of a company that a refund would be in, and the months before it that nobody has settled yet: their balances are
 * carried into it. Clawbacks and recoveries are in the first of them that takes them; so is the cut of a month that is settled on what
 * is collected, if the night would cut it today. Of a month that still waits for results nobody knows what will be collected.
 */
export async function findMonthAhead(
  deps: InTransaction<Deps>,
  { period, amountMinor, ...company }: AskedMonth,
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
  const refund = { chargeId: company.chargeId, amountMinor };
  const { without, withRefund } = await addCuts(deps, { companyId, months, refund });
  return {
    before,
    earlier: without.slice(0, -1),
    month: without.at(-1)!,
    after: { earlier: withRefund.slice(0, -1), month: withRefund.at(-1)! },
    counted: counts.get(period) ?? NOTHING_COUNTED,
  };
}

interface MonthsToCut {
  readonly companyId: number;
  readonly months: readonly UnsettledMonth[];
  readonly refund: { readonly chargeId: string; readonly amountMinor: bigint };
}

/** The months with what the night would cut of them today, without and with the refund. */
async function addCuts(tx: InTransaction<Deps>, { companyId, months, refund }: MonthsToCut) {
  const endsAtMs = performance.now() + tx.config.refundPreviewTimeoutMs;
  const alsoRefunded = new Map([[refund.chargeId, refund.amountMinor]]);
  const [without, withRefund]: [UnsettledMonth[], UnsettledMonth[]] = [[], []];
  for (const month of months) {
    const cut = { companyId, period: month.period, endsAtMs };
    const isCut = month.terms?.settlementBasis === 'collected' && (await isCutToday(tx, cut));
    without.push(isCut ? withCut(month, await foreseeCut(tx, cut)) : month);
    withRefund.push(isCut ? withCut(month, await foreseeCut(tx, { ...cut, alsoRefunded })) : month);
  }
  return { without, withRefund };
}

/** Whether the month is closed in all groups, and the night waits for no more results. */
async function isCutToday(
  tx: InTransaction<Deps>,
  { companyId, period }: { readonly companyId: number; readonly period: string },
): Promise<boolean> {
  const closed = await sqlOf(tx.em)
    .selectFrom('billing_period')
    .select('closingGroup')
    .where('period', '=', period)
    .where('state', '=', 'closed')
    .execute();
  if (closed.length < CLOSING_GROUPS.length) return false;
  const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
  return areResultsIn(tx, { companyId, period, businessDate });
}

function withCut(month: UnsettledMonth, cut: ClawbackSums): UnsettledMonth {
  const { clawbackMinor, recoveryMinor } = month.clawbacks;
  const clawbacks = {
    clawbackMinor: clawbackMinor + cut.clawbackMinor,
    recoveryMinor: recoveryMinor + cut.recoveryMinor,
  };
  return { ...month, clawbacks };
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
