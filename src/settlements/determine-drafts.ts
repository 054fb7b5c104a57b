import type { Deps } from '../deps.ts';
import { sumPendingClawbacks, type PendingClawbacks } from '../collections/pending-clawbacks.queries.ts';
import {
  commissionOfCompany,
  determineCommissions,
  type Commission,
} from '../partners/determine-commissions.ts';
import { waiting } from '../partners/partner-sales.queries.ts';
import type { Currency } from '../shared/money.ts';
import { reasonOf } from '../shared/reason.ts';
import type { TaxRate } from '../shared/tax.rules.ts';
import type { BilledMonth } from './billed-month.ts';
import type { CompanyStates } from './lock-companies.ts';
import { NEVER_SETTLED, settleMonth, type SettledBefore } from './settle-month.rules.ts';
import { findSettledBefore, findTerms } from './settlement-terms.queries.ts';
import type { SettlementFigures, SettlementTerms } from './settlement.rules.ts';

/** Companies to settle for a period, each with what it billed; none for one that only carries a balance. */
export interface CompaniesToSettle {
  readonly period: string;
  readonly companies: ReadonlyMap<number, BilledMonth | undefined>;
}

/** A company that could not be settled, and why. */
export interface RefusedCompany {
  readonly companyId: number;
  readonly reason: string;
}

export interface DeterminedDrafts {
  readonly settled: readonly SettlementFigures[];
  readonly refused: readonly RefusedCompany[];
  /** What is in the figures of clawbacks and recoveries, by company. */
  readonly clawbacks: ReadonlyMap<number, PendingClawbacks>;
  /** What partners get of the months, by company. */
  readonly commissions: ReadonlyMap<number, readonly Commission[]>;
}

/**
 * The figures of companies' settlements of a period, as they are now; writes nothing. A company whose figures cannot be
 * determined is named with the reason.
 */
export async function determineDrafts(
  deps: Deps,
  { period, companies }: CompaniesToSettle,
  states: CompanyStates,
): Promise<DeterminedDrafts> {
  const { taxRates, currency } = deps.config;
  const companyIds = [...companies.keys()];
  if (companyIds.length === 0)
    return { settled: [], refused: [], clawbacks: new Map(), commissions: new Map() };
  const terms = await findTerms(deps, period, companyIds);
  const before = await findSettledBefore(deps, period, companyIds);
  const clawbacks = await sumPendingClawbacks(deps, period, companyIds);
  const through = [...clawbacks].map(([companyId, { throughId }]) => ({ companyId, throughId }));
  const commissions = await determineCommissions(deps, {
    period,
    companyIds,
    clawbacks: waiting(period, through),
  });
  const settled: SettlementFigures[] = [];
  const refused: RefusedCompany[] = [];
  for (const [companyId, billed] of companies) {
    const commissionMinor = commissionOfCompany(commissions.get(companyId));
    const sums = { billed, clawbacks: clawbacks.get(companyId), commissionMinor };
    const company = { companyId, period, ...sums, states, taxRates, currency };
    const figures = settle(company, { terms: terms.get(companyId), before: before.get(companyId) });
    if (typeof figures === 'string') refused.push({ companyId, reason: figures });
    else settled.push(figures);
  }
  return { settled, refused, clawbacks, commissions };
}

interface CompanyToSettle {
  readonly companyId: number;
  readonly period: string;
  readonly billed: BilledMonth | undefined;
  readonly clawbacks: PendingClawbacks | undefined;
  readonly commissionMinor: bigint;
  readonly states: CompanyStates;
  readonly taxRates: readonly TaxRate[];
  readonly currency: Currency;
}

interface SettlementHistory {
  readonly terms: SettlementTerms | undefined;
  readonly before: SettledBefore | undefined;
}

/** The figures of one company, or the reason why there are none: a fault of one company must not stop the others. */
function settle(
  company: CompanyToSettle,
  { terms, before = NEVER_SETTLED }: SettlementHistory,
): SettlementFigures | string {
  const { companyId, period, billed, clawbacks, commissionMinor, states, taxRates, currency } = company;
  if (!states.withAccount.has(companyId)) return 'the company has no ledger account';
  if (!states.withBankAccount.has(companyId)) return 'the company has no bank account';
  if (states.settledLater.has(companyId)) return 'a later period is settled already';
  if (!terms) return `no contract with a tariff is in force in ${period}`;
  try {
    const sums = { billed, clawbacks, commissionMinor };
    return settleMonth({ companyId, period, ...sums, before, terms, taxRates, currency });
  } catch (error) {
    return reasonOf(error);
  }
}
