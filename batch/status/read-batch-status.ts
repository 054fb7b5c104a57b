import type { Deps } from '../../src/deps.ts';
import { listDueNights } from '../../src/runs/due-nights.ts';
import { lastDueNight, nightDueAt } from '../../src/runs/night-due.rules.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';
import { listJobStatuses } from './list-job-statuses.ts';
import { determineNightState, type JobStatus, type NightState } from './night-status.rules.ts';

/** Nights that are due and not complete, of which the jobs are read; older ones come first, as they run. */
const MAX_NIGHTS = 14;

export interface NightStatus {
  readonly businessDate: string;
  readonly state: NightState;
  readonly jobs: readonly JobStatus[];
}

/** What ran, what is running, what is due. */
export interface BatchStatus {
  /** The nights that are due and not complete, oldest first, at most 14; else the last one that was due. */
  readonly nights: readonly NightStatus[];
  readonly dueNights: readonly string[];
  readonly nextBusinessDate: string;
  readonly nextDueAt: Date;
}

/** Reads how the nights stand at this moment. */
export async function readBatchStatus(deps: Deps): Promise<BatchStatus> {
  const { timeZone } = deps.config;
  const last = lastDueNight(deps.clock.now(), timeZone);
  const dueNights = await listDueNights(deps);
  const shown = dueNights.length === 0 ? [last] : dueNights.slice(0, MAX_NIGHTS);
  const nights: NightStatus[] = [];
  for (const businessDate of shown) {
    const statuses = await listJobStatuses(deps, businessDate);
    nights.push({ businessDate, state: determineNightState(statuses), jobs: statuses });
  }
  const nextBusinessDate = addDays(last, 1);
  return { nights, dueNights, nextBusinessDate, nextDueAt: nightDueAt(nextBusinessDate, timeZone) };
}
