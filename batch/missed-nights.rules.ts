import { addDays } from '../src/shared/calendar.rules.ts';

/** Nights further back than this are for a person to run: whoever was away that long wants to look first. */
export const MOST_NIGHTS = 31;

interface Nights {
  /** The last business date that has ended. */
  readonly yesterday: string;
  readonly jobs: readonly string[];
  /** Finished runs: which job for which business date. */
  readonly finished: readonly { readonly job: string; readonly businessDate: string }[];
}

/**
 * The business dates, oldest first, whose night has a job left to do: since the first night that ran at all,
 * at most `MOST_NIGHTS` back. Without any run before there is nothing to make up but yesterday.
 */
export function determineMissedNights({ yesterday, jobs, finished }: Nights): string[] {
  const done = new Set(finished.map(({ job, businessDate }) => `${job} ${businessDate}`));
  const first = finished.map(({ businessDate }) => businessDate).sort()[0] ?? yesterday;
  const earliest = addDays(yesterday, 1 - MOST_NIGHTS);
  const missed: string[] = [];
  for (let date = first > earliest ? first : earliest; date <= yesterday; date = addDays(date, 1)) {
    if (jobs.some((job) => !done.has(`${job} ${date}`))) missed.push(date);
  }
  return missed;
}
