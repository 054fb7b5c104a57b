import type { Deps } from '../deps.ts';
import { lastDueNight } from './night-due.rules.ts';
import { listRuns } from './run.queries.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { determineDueNights } from './due-nights.rules.ts';
import { jobNames } from './job-names.ts';

/** How far back the first night is looked for that ran at all, and so how many can be made up. */
const LOOK_BACK_DAYS = 366;

/** The business dates whose night is due and not complete, oldest first. */
export async function listDueNights(deps: Deps): Promise<string[]> {
  const through = lastDueNight(deps.clock.now(), deps.config.timeZone);
  const runs = await listRuns(deps, { jobs: jobNames, from: addDays(through, -LOOK_BACK_DAYS) });
  return determineDueNights({ through, jobs: jobNames, runs });
}
