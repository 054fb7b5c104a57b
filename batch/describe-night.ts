import type { Deps } from '../src/deps.ts';
import { countParked, listRuns } from '../src/runs/run.queries.ts';
import { formatCount } from '../src/shared/money.ts';
import { jobs } from './jobs.ts';

/** The last line of a night: what it came to, in words and counts, whoever ran its jobs. */
export async function describeNight(deps: Deps, businessDate: string): Promise<string> {
  const names = jobs.map((job) => job.name);
  const runs = await listRuns(deps, { jobs: names, from: businessDate });
  const finished = new Set(
    runs.filter((run) => run.isFinished && run.businessDate === businessDate).map(({ job }) => job),
  );
  const open = names.filter((job) => !finished.has(job));
  const aside = describeParked(await countParked(deps, { jobs: names, businessDate }));
  const outcome = open.length === 0 ? 'done' : `NOT done, for ${open.join(', ')} did not finish`;
  return `night for ${businessDate}: ${outcome}${aside}`;
}

function describeParked(parked: ReadonlyMap<string, number>): string {
  if (parked.size === 0) return '';
  const total = [...parked.values()].reduce((sum, count) => sum + count, 0);
  const byJob = [...parked].map(([job, count]) => `${job} ${formatCount(count)}`).join(', ');
  return `, with ${formatCount(total)} parked (${byJob}): see the table "parked"`;
}
