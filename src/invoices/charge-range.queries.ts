import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/** The charges of one business date in a billing period, of the lines after `afterLine` through `throughLine`. */
export interface ChargeRange extends PeriodKey {
  readonly businessDate: string;
  readonly afterLine: string;
  readonly throughLine: string;
}

/** Sorts after every line ID. */
export const AFTER_ALL_LINES = '~';

/** Every line of a period. */
export const ALL_LINES = { afterLine: '', throughLine: AFTER_ALL_LINES };

/** The charges of a range, from the index by which they are folded. */
export function chargesIn(deps: Deps, range: ChargeRange) {
  return sqlOf(emOf(deps))
    .selectFrom('charge')
    .where('billingPeriod', '=', range.period)
    .where('closingGroup', '=', range.closingGroup)
    .where('businessDate', '=', range.businessDate)
    .where('lineId', '>', range.afterLine)
    .where('lineId', '<=', range.throughLine);
}

/**
 * The last line of the first chunk of a range. A chunk has whole lines, so that an invoice is written once for a business
 * date; the charges of its last line may make it longer than `chunkSize`.
 */
export async function findChunkEnd(deps: Deps, range: ChargeRange, chunkSize: number): Promise<string> {
  const row = await chargesIn(deps, range)
    .select('lineId')
    .orderBy('lineId')
    .limit(1)
    .offset(chunkSize - 1)
    .executeTakeFirst();
  return row?.lineId ?? range.throughLine;
}
