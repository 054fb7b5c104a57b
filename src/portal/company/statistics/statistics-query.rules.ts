import { isReadable } from '../../../reports/report-range.rules.ts';
import type { ReportCursor, ReportScope } from '../../../reports/report.types.ts';
import { addDays, addMonths, isMonth, lastDayOfMonth } from '../../../shared/calendar-date.rules.ts';
import { readTypedDate } from '../../kit/form-fields.ts';

/** What the address of the statistics says. Everything is optional, and what makes no sense is as if it were not there. */
export const statisticsQuery = {
  type: 'object',
  properties: {
    grain: { type: 'string', maxLength: 10 },
    from: { type: 'string', maxLength: 10 },
    through: { type: 'string', maxLength: 10 },
    by: { type: 'string', maxLength: 10 },
    after: { type: 'string', maxLength: 60 },
  },
  required: [],
  additionalProperties: false,
} as const;

export type StatisticsQuery = {
  readonly [Name in keyof typeof statisticsQuery.properties]?: string | undefined;
};

export const statisticsGrains = ['day', 'month', 'period'] as const;
export const statisticsDivisions = ['time', 'service'] as const;

export interface StatisticsChoice {
  readonly grain: (typeof statisticsGrains)[number];
  /** Months, both included. */
  readonly from: string;
  readonly through: string;
  readonly by: (typeof statisticsDivisions)[number];
  readonly after: ReportCursor | undefined;
}

/** Months that can be chosen: three years. */
export const MONTHS_TO_CHOOSE = 36;
const SHOWN_MONTHS = 13;

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text);

/** Reads an address; `month` is the last one that there is. Without one: the days of this month. */
export function readStatistics(query: StatisticsQuery, month: string): StatisticsChoice {
  const grain = oneOf(statisticsGrains, query.grain) ?? 'day';
  const through = query.through !== undefined && isMonth(query.through) ? query.through : month;
  const usual = addMonths(through, grain === 'day' ? 0 : 1 - SHOWN_MONTHS);
  const from = query.from !== undefined && isMonth(query.from) && query.from <= through ? query.from : usual;
  const range = isReadable(rangeOf({ grain, from, through })) ? { from, through } : { from: usual, through };
  const by = oneOf(statisticsDivisions, query.by) ?? 'time';
  return { grain, ...range, by, after: readCursor(query.after) };
}

function rangeOf({ grain, from, through }: Pick<StatisticsChoice, 'grain' | 'from' | 'through'>) {
  return { grain, from: `${from}-01`, through: grain === 'day' ? lastDayOfMonth(through) : `${through}-01` };
}

const WEEK = 7;

/** A week by hour, and whether its last day could be read. */
export interface ChosenWeek {
  /** Oldest first. */
  readonly dates: readonly string[];
  readonly last: string;
  readonly isUnread: boolean;
}

/** The week that ends on a day as it was typed; what cannot be read, or is to come, is the week through `today`. */
export function readWeek(day: string | undefined, today: string): ChosenWeek {
  const typed = day === undefined ? today : readTypedDate(day);
  const last = typed === undefined || typed > today ? today : typed;
  const dates = Array.from({ length: WEEK }, (_, back) => addDays(last, -back)).toReversed();
  return { dates, last, isUnread: typed === undefined };
}

/** What is read for a choice. */
export function scopeOf(choice: StatisticsChoice): ReportScope {
  return { report: 'sales', ...rangeOf(choice) };
}

/** The address of a choice, with changes; a change of what is shown begins at its first page. */
export function statisticsHref(
  { after: _after, ...choice }: StatisticsChoice,
  changes: StatisticsQuery = {},
  path = '/company/statistics',
): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...choice, ...changes })) if (value) words.set(name, value);
  return `${path}?${words.toString()}`;
}

function readCursor(text: string | undefined): ReportCursor | undefined {
  const match = /^(-?\d{1,18})~(\w{0,32})$/.exec(text ?? '');
  return match ? { sum: BigInt(match[1]!), key: match[2]! } : undefined;
}

/** A cursor as the address has it. */
export const writeCursor = ({ sum, key }: ReportCursor): string => `${sum}~${key}`;
