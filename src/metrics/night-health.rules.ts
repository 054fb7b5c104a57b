import { addDays } from '../shared/calendar.rules.ts';

/** The runs of one job of the night, from the table of runs. */
export interface JobRuns {
  /** The last business date the job has finished for. */
  readonly finishedOn: string | undefined;
  /** The first business date it has run for at all. */
  readonly firstOn: string | undefined;
}

/**
 * How many business dates a job is behind: 0 once it has finished for `yesterday`, the last date that has ended.
 * A job that never finished is behind since its first run; one that never ran is behind by one night.
 */
export function determineBehindDays(yesterday: string, { finishedOn, firstOn }: JobRuns): number {
  if (finishedOn !== undefined) return Math.max(0, daysBetween(finishedOn, yesterday));
  if (firstOn !== undefined) return Math.max(0, daysBetween(firstOn, yesterday)) + 1;
  return 1;
}

/**
 * The oldest business date whose night a job has not done; undefined when it has done all. `openSince`: the oldest that
 * failed or is under way, which may be older than the last that finished.
 */
export function determineOldestOpen(
  yesterday: string,
  { behindDays, openSince }: { readonly behindDays: number; readonly openSince: string | undefined },
): string | undefined {
  const behindSince = behindDays > 0 ? addDays(yesterday, 1 - behindDays) : undefined;
  if (behindSince === undefined || openSince === undefined) return behindSince ?? openSince;
  return openSince < behindSince ? openSince : behindSince;
}

function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}
