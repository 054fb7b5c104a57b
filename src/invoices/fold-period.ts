import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { AFTER_ALL_LINES } from './fold-chunk.ts';
import {
  addFolded,
  foldRange,
  NOTHING_INVOICED,
  type InvoicedCounts,
  type FoldOutcome,
} from './fold-range.ts';
import { findChargedDate } from './unbilled.queries.ts';

const ALL_LINES = { afterLine: '', throughLine: AFTER_ALL_LINES };

export interface PeriodToFold {
  readonly key: PeriodKey;
  /** The last business date to fold. */
  readonly through: string;
  /** How many charges are waiting, as `countUnbilled` tells. */
  readonly waiting: number;
  readonly outcome: FoldOutcome;
}

/**
 * Folds the charges of a billing period that are on no invoice yet, of business dates through one. The
 * newest date first, which on most nights is all there is; older dates are only looked at while a charge
 * is missing, because it was committed late or a night was skipped.
 */
export async function foldPeriod(deps: Deps, run: RunHandle, period: PeriodToFold): Promise<InvoicedCounts> {
  const { key, through, waiting, outcome } = period;
  let folded = NOTHING_INVOICED;
  let date = waiting > 0 ? await findChargedDate(deps, key, { through }) : undefined;
  while (date !== undefined && folded.done + folded.parked < waiting) {
    const day = { ...key, businessDate: date, ...ALL_LINES, outcome };
    folded = addFolded(folded, await foldRange(deps, run, day));
    date = await findChargedDate(deps, key, { before: date });
  }
  const found = folded.done + folded.parked;
  if (found < waiting)
    throw new Error(`${key.period}/${key.closingGroup}: ${waiting} charges wait, found ${found}`);
  return folded;
}
