import type { DateRange } from '../shared/date-range.rules.ts';

/** Who holds a line, and from when to when. */
export interface Tenure extends DateRange {
  readonly holder: string;
  readonly birthDate: string | null;
  readonly email: string | null;
}
