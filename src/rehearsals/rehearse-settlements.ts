import { findCompaniesWithClawbacks } from '../collections/pending-clawbacks.queries.ts';
import { areResultsIn } from '../collections/results-are-in.queries.ts';
import type { Deps } from '../deps.ts';
import { sumBankRefunds } from '../refunds/bank-refunds.queries.ts';
import type { BilledCompany } from '../settlements/billed-companies.queries.ts';
import { withBankRefunds } from '../settlements/billed-month.ts';
import { determineDrafts } from '../settlements/determine-drafts.ts';
import { findCompanyStates } from '../settlements/lock-companies.ts';
import { chunksOf } from '../settlements/settle-chunks.rules.ts';
import { listToSettle } from '../settlements/settle-period.ts';
import { findSettled, findUnapprovedBefore } from '../settlements/settled-period.queries.ts';
import { findPeriodsToSettle } from '../settlements/settlement-periods.queries.ts';
import type { SettlementFigures } from '../settlements/settlement.rules.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import type { RehearsedOutcome } from './rehearsed-figures.rules.ts';

/** What the night would do with a company, and the figures of its settlement as they are now. */
export interface RehearsedSettlement {
  readonly companyId: number;
  readonly outcome: RehearsedOutcome;
  readonly reason?: string | undefined;
  readonly figures?: SettlementFigures | undefined;
}

/** A month as it would be billed. */
export interface RehearsedMonth {
  readonly period: string;
  /** The business date of the night. */
  readonly businessDate: string;
  readonly invoiced: ReadonlyMap<number, BilledCompany>;
  /** Is told how many companies come. */
  announce(companies: number): Promise<void>;
}

/**
 * Determines the settlements of a month as the night that settles it would, by chunks of companies, and drafts none. Companies
 * with a settlement of the month are left out, as the night leaves them; those that would wait have figures all the same.
 */
export async function* rehearseSettlements(
  deps: Deps,
  { period, businessDate, invoiced, announce }: RehearsedMonth,
): AsyncGenerator<readonly RehearsedSettlement[]> {
  const billed = withBankRefunds(invoiced, await sumBankRefunds(deps, period));
  const periods = await findPeriodsToSettle(deps, lastClosingDateOf(period));
  const { carrying = NOBODY, rejected = NOBODY } = periods.find((found) => found.period === period) ?? {};
  const settled = await findSettled(deps, period);
  const withClawbacks = await findCompaniesWithClawbacks(deps, period);
  const companies = listToSettle({ billed, carrying, rejected, withClawbacks, settled });
  await announce(companies.length);
  const behind = await findUnapprovedBefore(deps, period);
  for (const companyIds of chunksOf(companies, () => 1)) {
    const states = await findCompanyStates(deps, period, companyIds);
    const chunk = new Map(companyIds.map((companyId) => [companyId, billed.get(companyId)]));
    const drafts = await determineDrafts(deps, { period, companies: chunk }, states);
    const rehearsed: RehearsedSettlement[] = drafts.refused.map((refused) => ({
      ...refused,
      outcome: 'refused',
    }));
    for (const figures of drafts.settled) {
      const { companyId } = figures;
      const outcome = behind.has(companyId)
        ? 'waits'
        : await outcomeOf(deps, figures, { period, businessDate });
      rehearsed.push({ companyId, outcome, figures });
    }
    yield rehearsed;
  }
}

const NOBODY: ReadonlySet<number> = new Set();

/** A company that is settled on what is collected waits for its results, or has the rest clawed back first. */
async function outcomeOf(
  deps: Deps,
  { companyId, settlementBasis }: SettlementFigures,
  month: Pick<RehearsedMonth, 'period' | 'businessDate'>,
): Promise<RehearsedOutcome> {
  if (settlementBasis !== 'collected') return 'drafted';
  const { period, businessDate } = month;
  // Before any due date the time to wait is not over: this asks for the results alone.
  if (await areResultsIn(deps, { companyId, period, businessDate: `${period}-01` })) return 'drafted';
  return (await areResultsIn(deps, { companyId, period, businessDate })) ? 'cut' : 'uncollected';
}
