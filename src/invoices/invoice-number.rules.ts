import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/** Prefix of the invoice numbers of a period: `202605-05-`; at least seven digits follow, from 0000001. */
export function numberPrefix({ period, closingGroup }: PeriodKey): string {
  return `${period.replace('-', '')}-${String(closingGroup).padStart(2, '0')}-`;
}
