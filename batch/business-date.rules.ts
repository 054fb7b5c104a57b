import { addDays } from '../src/shared/calendar.rules.ts';
import { UsageError } from './cli/usage-error.ts';

interface Asked {
  /** Undefined where none was given. */
  readonly businessDate: string | undefined;
  /** The current date. */
  readonly today: string;
  /** The time zone of that date, and the world whose clock it is, for the message. */
  readonly place: string;
}

/**
 * The business date to run for: the one given, or the last that has ended.
 * @throws UsageError for one that has not ended; otherwise every job would refuse it separately
 */
export function determineBusinessDate({ businessDate, today, place }: Asked): string {
  const last = addDays(today, -1);
  if (businessDate === undefined || businessDate <= last) return businessDate ?? last;
  throw new UsageError(
    `--business-date ${businessDate} has not ended: it is ${today} in ${place}, so ${last} is the last one that can run`,
  );
}
