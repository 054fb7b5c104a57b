import {
  countPendingClawbacks,
  findCompaniesWithClawbacks,
} from '../collections/pending-clawbacks.queries.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { sumBankRefunds } from '../refunds/bank-refunds.queries.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { sumBilled } from './billed-companies.queries.ts';
import { withBankRefunds } from './billed-month.ts';
import { awaitCollection } from './await-collection.ts';
import { provePeriod } from './prove-period.ts';
import { settleChunk } from './settle-chunk.ts';
import { chunksOf } from './settle-chunks.rules.ts';
import {
  findSettled,
  findUnapprovedBefore,
  sumSettled,
  type SettledTotals,
} from './settled-period.queries.ts';
import type { PeriodToSettle } from './settlement-periods.queries.ts';

/** What is drafted of a period, and the companies that are not. */
export interface SettledPeriod {
  readonly totals: SettledTotals;
  readonly left: readonly number[];
}

/**
 * Drafts the settlements of one closed billing period that are not there yet or were rejected, and returns the totals that
 * are settled now. Companies that cannot be settled are parked; one whose earlier month is not approved, or among those that
 * are `behind`, waits; so does one that is settled on what is collected, until the results are in.
 * @throws Problem `settlement-refused` when the figures of the period do not agree; nothing of it is settled.
 */
export async function settlePeriod(
  deps: Deps,
  run: RunHandle,
  toSettle: PeriodToSettle,
  behind: ReadonlySet<number>,
): Promise<SettledPeriod> {
  const { period } = toSettle;
  const invoiced = await sumBilled(deps, period);
  const bankRefunds = await sumBankRefunds(deps, period);
  const settled = await findSettled(deps, period);
  await provePeriod(deps, toSettle, { billed: invoiced, bankRefunds, settled });
  const billed = withBankRefunds(invoiced, bankRefunds);
  const codes = await findCodes(deps);
  const parked = await findParked(deps, run);
  const subjectOf = (companyId: number) => `${period}/${codes.get(companyId) ?? companyId}`;
  const withClawbacks = await findCompaniesWithClawbacks(deps, period);
  const wanted = listToSettle({ ...toSettle, billed, withClawbacks, settled });
  const unapproved = await findUnapprovedBefore(deps, period);
  const waits = (companyId: number) => behind.has(companyId) || unapproved.has(companyId);
  const due = wanted.filter((companyId) => !waits(companyId) && !parked.has(subjectOf(companyId)));
  const uncollected = await awaitCollection(deps, run, { period, companyIds: due });
  const companies = due.filter((companyId) => !uncollected.has(companyId));
  const left = new Set(wanted.filter((companyId) => !companies.includes(companyId)));
  const waiting = wanted.filter(waits).length;
  if (waiting > 0)
    run.report(`${period}: ${waiting} companies wait until an earlier month of theirs is approved`);
  run.announce(companies.length);
  if (companies.length > 0) run.report(`${period}: ${companies.length} companies to settle`);
  const pending = await countPendingClawbacks(deps, period);
  const rowsOf = (companyId: number) =>
    (billed.get(companyId)?.settlementLines.length ?? 0) + (pending.get(companyId) ?? 0);
  for (const companyIds of chunksOf(companies, rowsOf, run.chunkSize)) {
    const chunk = new Map(companyIds.map((companyId) => [companyId, billed.get(companyId)]));
    await run.inChunk(async (tx) => {
      const { settled: done, skipped, refused } = await settleChunk(tx, { period, companies: chunk });
      for (const { companyId, reason } of refused) {
        await run.park(tx, { subject: subjectOf(companyId), reason });
        left.add(companyId);
      }
      return { done: done.length, skipped: skipped.length, parked: refused.length };
    });
  }
  return { totals: await sumSettled(deps, period), left: [...left] };
}

interface CompaniesOfPeriod extends Pick<PeriodToSettle, 'carrying' | 'rejected'> {
  readonly billed: ReadonlyMap<number, unknown>;
  readonly withClawbacks: ReadonlySet<number>;
  readonly settled: ReadonlyMap<number, unknown>;
}

/** The companies of a period that have no settlement of it, or a rejected one, by their numbers. */
export function listToSettle({
  billed,
  carrying,
  rejected,
  withClawbacks,
  settled,
}: CompaniesOfPeriod): number[] {
  return [...new Set([...billed.keys(), ...carrying, ...rejected, ...withClawbacks])]
    .filter((companyId) => !settled.has(companyId) || rejected.has(companyId))
    .sort((left, right) => left - right);
}

/** What an interrupted attempt of this run has parked. */
async function findParked(deps: Deps, run: RunHandle): Promise<Set<string>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('parked')
    .select('subject')
    .where('job', '=', run.job)
    .where('businessDate', '=', run.businessDate)
    .execute();
  return new Set(rows.map((row) => row.subject));
}

async function findCodes(deps: Deps): Promise<Map<number, string>> {
  const rows = await sqlOf(emOf(deps)).selectFrom('company').select(['id', 'code']).execute();
  return new Map(rows.map((row) => [row.id, row.code]));
}
