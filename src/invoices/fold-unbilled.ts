import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { ALL_LINES } from './charge-range.queries.ts';
import {
  addCounts,
  foldInChunks,
  NOTHING_INVOICED,
  type FoldOutcome,
  type InvoicedCounts,
} from './fold-in-chunks.ts';
import { findBookedDate } from './unbilled.queries.ts';

export interface UnbilledOfPeriod {
  readonly key: PeriodKey;
  /** The last business date to fold. */
  readonly through: string;
  /** How many charges and refunds are unbilled, by `countUnbilled`. */
  readonly unbilled: number;
  readonly outcome: FoldOutcome;
}

/**
 * Folds the unbilled charges and refunds of a billing period by a business date, in this process. Begins with the newest date, which on
 * most nights has all of them, and goes back only while some are missing: they were committed late, or a night was
 * skipped.
 */
export async function foldUnbilled(
  deps: Deps,
  run: RunHandle,
  period: UnbilledOfPeriod,
): Promise<InvoicedCounts> {
  const { key, through, unbilled, outcome } = period;
  let folded = NOTHING_INVOICED;
  let date = unbilled > 0 ? await findBookedDate(deps, key, { through }) : undefined;
  while (date !== undefined && folded.done + folded.parked < unbilled) {
    const day = { ...key, businessDate: date, ...ALL_LINES, outcome };
    folded = addCounts(folded, await foldInChunks(deps, run, day));
    date = await findBookedDate(deps, key, { before: date });
  }
  const found = folded.done + folded.parked;
  if (found < unbilled)
    throw new Error(
      `${key.period}/${key.closingGroup}: ${unbilled} charges and refunds are unbilled, found ${found}`,
    );
  return folded;
}
