import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/** How the numbers of a period's invoices begin: `202605-05-`; seven digits and more follow, from 0000001. */
export function numberPrefix({ period, closingGroup }: PeriodKey): string {
  return `${period.replace('-', '')}-${String(closingGroup).padStart(2, '0')}-`;
}
