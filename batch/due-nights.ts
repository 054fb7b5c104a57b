import type { Deps } from '../src/deps.ts';
import { lastDueNight } from '../src/runs/night-due.rules.ts';
import { listRuns } from '../src/runs/run.queries.ts';
import { addDays } from '../src/shared/calendar.rules.ts';
import { determineDueNights } from './due-nights.rules.ts';
import { jobs } from './jobs.ts';

/** How far back the first night is looked for that ran at all, and so how many can be made up. */
const LOOK_BACK_DAYS = 366;

/** The business dates whose night is due and not complete, oldest first. */
export async function listDueNights(deps: Deps): Promise<string[]> {
  const through = lastDueNight(deps.clock.now(), deps.config.timeZone);
  const names = jobs.map((job) => job.name);
  const runs = await listRuns(deps, { jobs: names, from: addDays(through, -LOOK_BACK_DAYS) });
  return determineDueNights({ through, jobs: names, runs });
}
