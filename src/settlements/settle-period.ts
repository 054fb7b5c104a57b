import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { sumBilled, type BilledCompany } from './billed-companies.queries.ts';
import { provePeriod } from './prove-period.ts';
import { settleChunk, type CompaniesToSettle } from './settle-chunk.ts';
import { findSettled, sumSettled, type SettledTotals } from './settled-period.queries.ts';
import type { PeriodToSettle } from './settlement-periods.queries.ts';

/** Companies settled in one transaction, unless the run sets another number. */
const COMPANIES_PER_CHUNK = 50;
/** A company with very many services closes its chunk early, so that no transaction grows large. */
const LINES_PER_CHUNK = 4_000;

/**
 * Settles the companies of one closed billing period that are not settled yet, and returns the totals that are settled
 * now. Companies that cannot be settled are parked.
 * @throws Problem `settlement-refused` when the figures of the period do not agree; nothing of it is settled.
 */
export async function settlePeriod(
  deps: Deps,
  run: RunHandle,
  toSettle: PeriodToSettle,
): Promise<SettledTotals> {
  const { period } = toSettle;
  const billed = await sumBilled(deps, period);
  const settled = await findSettled(deps, period);
  await provePeriod(deps, toSettle, { billed, settled });
  const codes = await findCodes(deps);
  const parked = await findParked(deps, run);
  const subjectOf = (companyId: number) => `${period}/${codes.get(companyId) ?? companyId}`;
  const companies = [...new Set([...billed.keys(), ...toSettle.carrying])]
    .filter((companyId) => !settled.has(companyId) && !parked.has(subjectOf(companyId)))
    .sort((left, right) => left - right);
  run.announce(companies.length);
  if (companies.length > 0) run.report(`${period}: ${companies.length} companies to settle`);
  for (const chunk of chunksOf(companies, billed, run.chunkSize ?? COMPANIES_PER_CHUNK)) {
    await run.inChunk(async (tx) => {
      const { settled: done, skipped, refused } = await settleChunk(tx, { period, companies: chunk });
      for (const { companyId, reason } of refused)
        await run.park(tx, { subject: subjectOf(companyId), reason });
      return { done: done.length, skipped: skipped.length, parked: refused.length };
    });
  }
  return await sumSettled(deps, period);
}

function* chunksOf(
  companyIds: readonly number[],
  billed: ReadonlyMap<number, BilledCompany>,
  limit: number,
): Generator<CompaniesToSettle['companies']> {
  let chunk = new Map<number, BilledCompany | undefined>();
  let lines = 0;
  for (const companyId of companyIds) {
    const company = billed.get(companyId);
    chunk.set(companyId, company);
    lines += company?.settlementLines.length ?? 0;
    if (chunk.size < limit && lines < LINES_PER_CHUNK) continue;
    yield chunk;
    chunk = new Map();
    lines = 0;
  }
  if (chunk.size > 0) yield chunk;
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
