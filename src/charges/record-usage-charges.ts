import type { Deps } from '../deps.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import { insertRows } from '../database/rows.ts';
import { chooseBillingPeriods, type AssignedPeriod } from '../limits/assign-billing-period.ts';
import { joinAsWriter } from '../billing-periods/period-write-barrier.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { bookSpending } from '../limits/line-spending.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { taxRateBps, type TaxCode } from '../shared/tax.rules.ts';
import { checkLimits, type LimitsInForce } from '../limits/assert-within-limits.ts';
import { readSpending } from '../limits/batch-spending.ts';
import { captureEntries } from './charge-entries.rules.ts';
import {
  findItemKeys,
  findKeyRefusal,
  insertItemKeys,
  nameOfKey,
  readKeyedCharges,
  type RecordedUsage,
} from './item-keys.ts';
import { findContractTerms, findUsageTerms, usageKey } from './usage.queries.ts';
import { allowUsage, type AllowedUsage } from './usage.rules.ts';

/** One use under a standing consent, to be captured at once. */
export interface UsageItem {
  readonly consentId: string;
  /** Tax included. */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  readonly reference?: string | undefined;
  /** The company's own key of this very use: under a consent, a key is charged once, for ever. */
  readonly itemKey?: string | undefined;
  /** When it was used, for files that arrive later; now, when left out. */
  readonly occurredAt?: Date | undefined;
}

/** A use, and the company that charges it. */
export interface Usage extends UsageItem {
  readonly companyId: number;
}

export interface UsageBatch {
  readonly companyId: number;
  readonly items: readonly UsageItem[];
}

export type UsageOutcome = CapturedOutcome | { readonly kind: 'refused'; readonly problem: Problem };

interface CapturedOutcome {
  readonly kind: 'captured';
  readonly charge: CapturedUsage | RecordedUsage;
  /** Its key was charged before, with the same content: that charge, as it is now. */
  readonly replayed?: true;
}

interface Candidate extends AllowedUsage {
  readonly index: number;
  readonly item: Usage;
  readonly capturedAt: Date;
  readonly businessDate: string;
}

/** Captures usage charges of one company in one transaction, as `decideUsages` does; a consent of another is not found. */
export function recordUsageCharges(deps: Deps, { companyId, items }: UsageBatch): Promise<UsageOutcome[]> {
  return inTransaction(deps, async (tx) => {
    const { outcomes, persist } = await decideUsages(
      tx,
      items.map((item) => ({ ...item, companyId })),
    );
    await persist();
    return outcomes;
  });
}

/** What becomes of uses, once `persist` has written it. */
export interface DecidedUsages {
  readonly outcomes: UsageOutcome[];
  persist(): Promise<void>;
}

/**
 * Decides on usage charges, many in one transaction, with an outcome each in the order given: a refused
 * item never harms its neighbours. On one tenure they are taken in order, so the ones before count against
 * its limits, and until the transaction ends nobody else spends on it.
 */
export async function decideUsages(
  tx: InTransaction<Deps>,
  usages: readonly Usage[],
): Promise<DecidedUsages> {
  const outcomes = new Map<number, UsageOutcome>();
  const candidates = await selectAllowed(tx, usages, outcomes);
  const wishes = candidates.map(({ entitlement, businessDate }) => ({ ...entitlement, businessDate }));
  const periods = await chooseBillingPeriods(tx, wishes);
  const repeats = new Map<Candidate, string>();
  const chosen = await selectWithinLimits(tx, { candidates, periods, repeats }, outcomes);
  const charges = chosen.map((candidate) => newCharge(tx, candidate));
  chosen.forEach(({ index }, i) => outcomes.set(index, { kind: 'captured', charge: charges[i]! }));
  const byKey = new Map(chosen.map(({ item }, i) => [nameOfKey(item), charges[i]!]));
  for (const [{ index, item }, key] of repeats) outcomes.set(index, repeated(byKey.get(key)!, item));
  return {
    outcomes: usages.map((_, index) => outcomes.get(index)!),
    persist: () => insertCaptured(tx, charges, chosen),
  };
}

/** What becomes of a use whose key has been charged. */
function repeated(charge: CapturedUsage | RecordedUsage, item: Usage): UsageOutcome {
  const problem = findKeyRefusal(charge, item);
  return problem ? { kind: 'refused', problem } : { kind: 'captured', charge, replayed: true };
}

/** Those whose key is new and whose consent, line, service and contract allow the use. */
async function selectAllowed(
  tx: InTransaction<Deps>,
  usages: readonly Usage[],
  outcomes: Map<number, UsageOutcome>,
): Promise<Candidate[]> {
  const [terms, contracts, keys] = await runPipeline([
    findUsageTerms(tx, usages),
    findContractTerms(tx, usages),
    findItemKeys(tx, usages),
  ]);
  const charged = await readKeyedCharges(tx, keys);
  return usages.flatMap((item, index) => {
    const before = charged.get(nameOfKey(item) ?? '');
    if (before) {
      outcomes.set(index, repeated(before, item));
      return [];
    }
    const { companyId, amountMinor } = item;
    const capturedAt = item.occurredAt ?? tx.clock.now();
    const businessDate = businessDateOf(capturedAt, tx.config.timeZone);
    const known = { terms: terms.get(usageKey(item)), contracts: contracts.get(companyId) ?? [] };
    const allowed = allowUsage({ ...known, businessDate, amountMinor });
    if (!(allowed instanceof Problem)) return [{ ...allowed, index, item, capturedAt, businessDate }];
    outcomes.set(index, { kind: 'refused', problem: allowed });
    return [];
  });
}

interface Chosen extends Candidate, LimitsInForce {
  readonly period: AssignedPeriod;
}

interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly periods: readonly AssignedPeriod[];
  /** Takes those whose key was chosen before them, with its name. */
  readonly repeats: Map<Candidate, string>;
}

/** Those the month still has room for, counting the ones before them in the same batch. */
async function selectWithinLimits(
  tx: InTransaction<Deps>,
  { candidates, periods, repeats }: Candidates,
  outcomes: Map<number, UsageOutcome>,
): Promise<Chosen[]> {
  const chosenKeys = new Set<string>();
  const buyings = candidates.map(({ entitlement }, i) => ({ entitlement, period: periods[i]! }));
  const spending = await readSpending(tx, buyings);
  return candidates.flatMap((candidate, i) => {
    const buying = buyings[i]!;
    const { period } = buying;
    const { entitlement, contract, businessDate, item } = candidate;
    const itemKey = nameOfKey(item);
    if (itemKey !== undefined && chosenKeys.has(itemKey)) {
      repeats.set(candidate, itemKey);
      return [];
    }
    const { amountMinor } = item;
    const limits =
      period.late && contract.lateCharges === 'refuse'
        ? new Problem('period-closed')
        : checkLimits(tx, {
            ...contract,
            ...period,
            entitlement,
            businessDate,
            amountMinor,
            spent: spending.of(buying),
          });
    if (limits instanceof Problem) {
      outcomes.set(candidate.index, { kind: 'refused', problem: limits });
      return [];
    }
    spending.add(buying, amountMinor);
    if (itemKey !== undefined) chosenKeys.add(itemKey);
    return [{ ...candidate, ...limits, period }];
  });
}

/** A usage charge as it is captured, column by column. */
export type CapturedUsage = ReturnType<typeof newCharge>;

function newCharge(tx: InTransaction<Deps>, chosen: Chosen) {
  const { item, entitlement, period, businessDate, capturedAt, serviceId, limitMinor, ownLimitMinor } =
    chosen;
  return {
    id: tx.ids.next(),
    companyId: item.companyId,
    serviceId,
    kind: 'usage' as const,
    state: 'captured' as const,
    amountMinor: item.amountMinor,
    capturedMinor: item.amountMinor,
    taxCode: item.taxCode,
    taxRateBps: taxRateBps(item.taxCode, businessDate, tx.config.taxRates),
    description: item.description,
    reference: item.reference ?? null,
    automaticCapture: true,
    subscriberId: entitlement.subscriberId,
    lineId: entitlement.lineId,
    holderFrom: entitlement.holderFrom,
    consentId: item.consentId,
    subscriptionId: null,
    subscriptionMonth: null,
    createdAt: item.occurredAt ? tx.clock.now() : capturedAt,
    openUntil: null,
    authorizedAt: capturedAt,
    authorizedUntil: null,
    limitMinor,
    ownLimitMinor,
    reservedPeriod: period.period,
    capturedAt,
    businessDate,
    billingPeriod: period.period,
    closingGroup: period.closingGroup,
    late: period.late,
    endedAt: null,
    endedBy: null,
  };
}

async function insertCaptured(
  tx: InTransaction<Deps>,
  charges: readonly CapturedUsage[],
  chosen: readonly Chosen[],
): Promise<void> {
  if (charges.length === 0) return;
  const spends = charges.map(({ lineId, holderFrom, billingPeriod, amountMinor }) => ({
    lineId,
    holderFrom,
    period: billingPeriod,
    amountMinor,
  }));
  const entries = charges.flatMap((charge) => captureEntries({ ...charge, heldMinor: 0n }));
  const periods = charges.map(({ billingPeriod, closingGroup }) => ({ period: billingPeriod, closingGroup }));
  await runPipeline([
    joinAsWriter(tx, periods),
    insertRows(tx.em, 'charge', charges),
    insertItemKeys(
      tx,
      chosen.map(({ item }, i) => ({ charge: charges[i]!, use: item })),
    ),
    bookSpending(tx, spends),
    postEntries(tx, entries),
  ]);
}
