import { cutCollection } from '../collections/cut-collection.ts';
import { areResultsIn } from '../collections/results-are-in.queries.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { findTerms } from './settlement-terms.queries.ts';

interface AwaitCollection {
  readonly period: string;
  readonly companyIds: readonly number[];
}

/**
 * Finds the companies that are settled on what is collected and whose month still waits for results. The months of the others of
 * them are cut, before they are settled: what is not collected then is clawed back in that settlement.
 */
export async function awaitCollection(
  deps: Deps,
  run: RunHandle,
  { period, companyIds }: AwaitCollection,
): Promise<ReadonlySet<number>> {
  if (companyIds.length === 0) return new Set();
  const terms = await findTerms(deps, period, companyIds);
  const waiting = new Set<number>();
  for (const companyId of companyIds) {
    if (terms.get(companyId)?.settlementBasis !== 'collected') continue;
    const month = { companyId, period };
    if (await areResultsIn(deps, { ...month, businessDate: run.businessDate }))
      await cutCollection(deps, {
        ...month,
        bookedOn: run.businessDate,
        inChunk: (work) => run.inChunk(work),
      });
    else waiting.add(companyId);
  }
  if (waiting.size > 0) run.report(`${period}: ${waiting.size} companies wait for collection results`);
  return waiting;
}
