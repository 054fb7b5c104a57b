import { addDays } from '../src/shared/calendar.rules.ts';
import { UsageError } from './cli/usage-error.ts';

interface Asked {
  /** Undefined where none was given. */
  readonly businessDate: string | undefined;
  /** The date that goes on. */
  readonly today: string;
  /** Where it is that date: the time zone, and whose clock when it is not ours. */
  readonly place: string;
}

/**
 * The business date to run for; the last that has ended if none was given.
 * @throws UsageError for one that has not ended: every job would refuse it, each by itself.
 */
export function determineBusinessDate({ businessDate, today, place }: Asked): string {
  const last = addDays(today, -1);
  if (businessDate === undefined || businessDate <= last) return businessDate ?? last;
  throw new UsageError(
    `--business-date ${businessDate} has not ended: it is ${today} in ${place}, so ${last} is the last one that can run`,
  );
}
