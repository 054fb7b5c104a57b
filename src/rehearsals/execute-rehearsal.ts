import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { BilledCompany } from '../settlements/billed-companies.queries.ts';
import { reasonOf } from '../shared/reason.ts';
import { closingDatesOf, type ClosingGroup } from '../shared/calendar.rules.ts';
import { addBilled } from './add-billed.rules.ts';
import {
  claimRehearsal,
  inOwnChunk,
  RehearsalLost,
  releaseRehearsal,
  type ClaimedRehearsal,
} from './claim-rehearsal.ts';
import { recordExpected, recordFinish, recordGroup, recordSettlements } from './record-rehearsal.ts';
import { rehearseSettlements } from './rehearse-settlements.ts';
import { readRanges } from './rehearsed-ranges.ts';

/** The process stops: another one begins the rehearsal again. */
class Stopping extends Error {}

/**
 * Rehearses what waits to be rehearsed, if anything does; returns how many. It only selects, without a lock; what it writes is
 * the outcome of the rehearsal. A fault is kept with it.
 */
export async function executeRehearsals(
  deps: Deps,
  stopping?: AbortSignal,
): Promise<{ readonly rehearsed: number }> {
  const claim = await claimRehearsal(deps);
  if (!claim) return { rehearsed: 0 };
  try {
    await rehearse(deps, claim, stopping);
  } catch (error) {
    if (error instanceof RehearsalLost) return { rehearsed: 0 };
    if (error instanceof Stopping) {
      await releaseRehearsal(deps, claim);
      return { rehearsed: 0 };
    }
    deps.log.error({ err: error }, 'a rehearsal failed');
    await recordFinish(deps, claim, reasonOf(error));
  }
  return { rehearsed: 1 };
}

async function rehearse(deps: Deps, claim: ClaimedRehearsal, stopping?: AbortSignal): Promise<void> {
  const goOn = () => {
    if (stopping?.aborted) throw new Stopping();
  };
  const { billingPeriod: period, businessDate } = claim;
  const { groups, settles } = await listGroups(deps, claim);
  const announce = (count: number) => recordExpected(deps, claim, count);
  await announce(groups.filter(({ isShown }) => isShown).length);
  const billed = new Map<number, BilledCompany>();
  for (const group of groups) {
    const sums = { invoiceCount: 0, itemCount: 0, unbilledCount: 0, totalMinor: 0n };
    const companies = new Map<number, BilledCompany>();
    for await (const range of readRanges(deps, { ...group, period })) {
      goOn();
      sums.invoiceCount += range.invoiceCount;
      sums.itemCount += range.itemCount;
      sums.unbilledCount += range.unbilledCount;
      sums.totalMinor += range.totalMinor;
      addBilled(companies, range.companies);
      await inOwnChunk(deps, claim, () => Promise.resolve());
    }
    await recordGroup(deps, claim, { group, sums, companies, isShown: group.isShown });
    addBilled(billed, companies);
  }
  if (settles) {
    const month = { period, businessDate, invoiced: billed, announce };
    for await (const settlements of rehearseSettlements(deps, month)) {
      goOn();
      await recordSettlements(deps, claim, settlements);
    }
  }
  await recordFinish(deps, claim);
}

/** A closing group of the month. */
export interface RehearsedGroup {
  readonly closingGroup: ClosingGroup;
  readonly closesOn: string;
  readonly isClosed: boolean;
  /** Whether it is a part of the outcome: tonight only what is closed tonight. */
  readonly isShown: boolean;
}

/** The groups that are read. A night that settles reads those closed before as well, for the settlements. */
async function listGroups(
  deps: Deps,
  claim: ClaimedRehearsal,
): Promise<{ readonly groups: readonly RehearsedGroup[]; readonly settles: boolean }> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['closingGroup', 'state'])
    .where('period', '=', claim.billingPeriod)
    .execute();
  const states = new Map(rows.map(({ closingGroup, state }) => [closingGroup, state]));
  const groups = closingDatesOf(claim.billingPeriod).map(({ group, closesOn }) => {
    const isClosed = states.get(group) === 'closed';
    const isDue = !isClosed && closesOn <= claim.businessDate;
    return { closingGroup: group, closesOn, isClosed, isShown: claim.scope === 'month' || isDue };
  });
  // A month is settled once its last group is closed.
  const settles =
    claim.scope === 'month' ||
    groups.every(({ isClosed, closesOn }) => isClosed || closesOn <= claim.businessDate);
  return { groups: settles ? groups : groups.filter(({ isShown }) => isShown), settles };
}
