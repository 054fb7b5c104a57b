import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { Deps } from '../deps.ts';
import type { BilledCompany } from '../settlements/billed-companies.queries.ts';
import { inOwnChunk, type ClaimedRehearsal } from './claim-rehearsal.ts';
import type { RehearsedGroup } from './execute-rehearsal.ts';
import { findHaveBilled, findMonthBefore } from './month-before.queries.ts';
import { isLargeChange, listOutliers } from './rehearsal-outliers.rules.ts';
import type { RehearsedRange } from './rehearsed-ranges.ts';
import { writeFigures } from './rehearsed-figures.rules.ts';
import type { RehearsedSettlement } from './rehearse-settlements.ts';

const ROWS_PER_INSERT = 1_000;

interface ReadGroup {
  readonly group: RehearsedGroup;
  readonly sums: Omit<RehearsedRange, 'companies'>;
  readonly companies: ReadonlyMap<number, BilledCompany>;
  readonly isShown: boolean;
}

/** Keeps a closing group and its companies beside the month before; one that is read for the settlements alone is not kept. */
export async function recordGroup(
  deps: Deps,
  claim: ClaimedRehearsal,
  { group, sums, companies, isShown }: ReadGroup,
): Promise<void> {
  if (!isShown) return;
  const { closingGroup, closesOn, isClosed: wasClosed } = group;
  const before = await findMonthBefore(deps, claim.billingPeriod);
  const key = { rehearsalId: claim.id, closingGroup };
  const known = [...before]
    .filter(([, { groups }]) => groups.has(closingGroup))
    .map(([companyId]) => companyId);
  const rows = [...new Set([...companies.keys(), ...known])].map((companyId) => {
    const billed = companies.get(companyId);
    const totalMinor = billed ? billed.billedMinor - billed.refundedMinor : 0n;
    const month = before.get(companyId);
    const beforeMinor = month ? (month.groups.get(closingGroup) ?? 0n) : null;
    const isOutlier = beforeMinor !== null && isLargeChange(totalMinor, beforeMinor);
    return {
      ...key,
      companyId,
      itemCount: billed?.invoicedItemCount ?? 0,
      totalMinor,
      beforeMinor,
      isOutlier,
    };
  });
  await inOwnChunk(deps, claim, async (tx) => {
    await sqlOf(tx.em)
      .insertInto('rehearsal_group')
      .values({ ...key, closesOn, wasClosed, ...sums })
      .execute();
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      const values = rows.slice(from, from + ROWS_PER_INSERT);
      await sqlOf(tx.em).insertInto('rehearsal_company_group').values(values).execute();
    }
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({ done: sql`done + 1` as never })
      .where('id', '=', claim.id)
      .execute();
  });
}

/** Keeps what the settlements of companies would be, with what is out of the ordinary. */
export async function recordSettlements(
  deps: Deps,
  claim: ClaimedRehearsal,
  settlements: readonly RehearsedSettlement[],
): Promise<void> {
  if (settlements.length === 0) return;
  const companyIds = settlements.map(({ companyId }) => companyId);
  const before = await findMonthBefore(deps, claim.billingPeriod);
  const haveBilled = await findHaveBilled(deps, claim.billingPeriod, companyIds);
  const rows = settlements.map(({ companyId, outcome, reason = null, figures }) => {
    const month = before.get(companyId);
    const totalMinor = figures ? figures.billedMinor - figures.refundedMinor : null;
    const hasBilled = haveBilled.has(companyId);
    const outliers = figures
      ? listOutliers({ ...figures, totalMinor: totalMinor ?? 0n, before: month, hasBilled })
      : [];
    return {
      rehearsalId: claim.id,
      companyId,
      outcome,
      reason: reason?.slice(0, 300) ?? null,
      figures: figures ? writeFigures(figures) : null,
      totalMinor,
      beforeMinor: month?.totalMinor ?? null,
      branchBefore: month?.feeBranch ?? null,
      outliers: outliers.join(' '),
      // A company that cannot be settled comes first.
      outlierCount: outliers.length + (outcome === 'refused' ? 9 : 0),
    };
  });
  await inOwnChunk(deps, claim, async (tx) => {
    await sqlOf(tx.em).insertInto('rehearsal_settlement').values(rows).execute();
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({ done: sql`done + ${rows.length}` as never })
      .where('id', '=', claim.id)
      .execute();
  });
}

/** Groups or companies that come, besides those announced before. */
export async function recordExpected(deps: Deps, claim: ClaimedRehearsal, count: number): Promise<void> {
  await inOwnChunk(deps, claim, async (tx) => {
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({ expected: sql`expected + ${count}` as never })
      .where('id', '=', claim.id)
      .execute();
  });
}

/** Ends a rehearsal, with its fault if it has failed. */
export async function recordFinish(
  deps: Deps,
  claim: ClaimedRehearsal,
  error: string | null = null,
): Promise<void> {
  await inOwnChunk(deps, claim, async (tx) => {
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({
        state: error === null ? 'finished' : 'failed',
        finishedAt: tx.clock.now(),
        error: error?.slice(0, 500) ?? null,
        leaseOwner: null,
        leaseUntil: null,
      })
      .where('id', '=', claim.id)
      .execute();
  });
}
