import type { BrakeKinds } from '../access/approvals/set-by-two.queries.ts';

/** The proposals by which two people hold a payout and let it go. */
export const holdKinds = {
  set: 'watch.hold-payout',
  lift: 'watch.release-payout',
  lifted: 'settlement.release',
} as const satisfies BrakeKinds;

export const holdSubject = (number: string): string => `settlement:${number}`;
