/** The jobs of a night in their order. `batch/jobs.ts` has the work of each; a spec compares the two. */
export const jobNames = [
  'import-lines',
  'renew-subscriptions',
  'expire-authorizations',
  'queue-notices',
  'purge-expired',
  'fold-charges',
  'close-periods',
  'import-collections',
  'decide-refunds',
  'settle-companies',
  'render-statements',
  'roll-up',
  'check-invariants',
  'seal-day',
] as const;

export type JobName = (typeof jobNames)[number];

/** What can be asked for: a job, or all of a night. */
export const requestableJobs = ['night', ...jobNames] as const;

export type RequestableJob = (typeof requestableJobs)[number];

/**
 * Jobs that people may ask for during the business date itself. They do what has arrived so far, and the night of the date continues
 * their run: files of the line master, which a clerk mends and sends again the same day.
 */
export const jobsAhead: readonly string[] = ['import-lines'] satisfies readonly JobName[];
