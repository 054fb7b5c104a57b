import type { Deps } from '../../src/deps.ts';
import { listJobStatuses } from './list-job-statuses.ts';
import { summarizeNight } from './night-status.rules.ts';

/** The last line of a night: what it came to, whichever processes ran its jobs, and what to do about the rest. */
export async function describeNight(deps: Deps, businessDate: string): Promise<string> {
  return summarizeNight(businessDate, await listJobStatuses(deps, businessDate));
}
