import type { JobName } from './job-names.ts';

/** Jobs without which another must not run, of the same business date: the night leaves it out, and it cannot be asked for by itself. */
export const jobNeeds: Readonly<Record<JobName, readonly JobName[]>> = {
  'import-lines': [],
  'renew-subscriptions': [],
  'expire-authorizations': [],
  'queue-notices': ['renew-subscriptions'],
  'purge-expired': [],
  'fold-charges': [],
  // A period that closed before a subscription's month was charged would make the charge late.
  'close-periods': ['renew-subscriptions', 'fold-charges'],
  'import-collections': [],
  'decide-refunds': ['import-collections'],
  'settle-companies': ['close-periods'],
  'render-statements': ['settle-companies'],
  // What another job books late is added up the next night.
  'roll-up': [],
  // After a failed job it matters even more which figures agree.
  'check-invariants': [],
  // After all jobs that post to the ledger, because later rows are late for the seal. It seals also when the check fails.
  'seal-day': [
    'renew-subscriptions',
    'expire-authorizations',
    'close-periods',
    'import-collections',
    'decide-refunds',
    'settle-companies',
  ],
};

/** What a job needs; a whole night needs nothing, because it runs its jobs in their order. */
export function needsOf(job: string): readonly JobName[] {
  return Object.hasOwn(jobNeeds, job) ? jobNeeds[job as JobName] : [];
}
