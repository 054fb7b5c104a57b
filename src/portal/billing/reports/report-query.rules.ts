import { reportDefinitions } from '../../../reports/report-definitions.ts';
import { comparisons, isReadable, type ReportComparison } from '../../../reports/report-range.rules.ts';
import {
  reportNames,
  type Dimension,
  type Grain,
  type ReportCursor,
  type ReportName,
  type ReportScope,
} from '../../../reports/report.types.ts';
import { addMonths, isMonth, lastDayOfMonth } from '../../../shared/calendar-date.rules.ts';

/** What the address of a report says. Everything is optional, and what makes no sense is as if it were not there. */
export const reportQuery = {
  type: 'object',
  properties: {
    report: { type: 'string' },
    grain: { type: 'string' },
    from: { type: 'string' },
    through: { type: 'string' },
    by: { type: 'string' },
    company: { type: 'string', maxLength: 32 },
    compare: { type: 'string' },
    after: { type: 'string', maxLength: 60 },
  },
  required: [],
  additionalProperties: false,
} as const;

export type ReportQuery = { readonly [Name in keyof typeof reportQuery.properties]?: string | undefined };

/** A report as it is asked for; `by` is `time` where it is not divided. */
export interface ReportChoice {
  readonly report: ReportName;
  readonly grain: Grain;
  /** Months, both included. */
  readonly from: string;
  readonly through: string;
  readonly by: Dimension | 'time';
  readonly company: string | undefined;
  readonly compare: ReportComparison | undefined;
  readonly after: ReportCursor | undefined;
}

/** Months that can be chosen: three years. */
export const MONTHS_TO_CHOOSE = 36;
const SHOWN_MONTHS = 13;
const SHOWN_MONTHS_OF_DAYS = 1;

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text);

/** Reads an address; `month` is the last one that there is, and the default. Days are those of three months at most. */
export function readReport(query: ReportQuery, month: string): ReportChoice {
  const report = oneOf(reportNames, query.report) ?? 'sales';
  const { grains, dimensions } = reportDefinitions[report];
  const grain = oneOf(grains, query.grain) ?? (grains.includes('month') ? 'month' : grains[0]!);
  const through = query.through !== undefined && isMonth(query.through) ? query.through : month;
  const shown = grain === 'day' ? SHOWN_MONTHS_OF_DAYS : SHOWN_MONTHS;
  const usual = addMonths(through, 1 - shown);
  const from = query.from !== undefined && isMonth(query.from) && query.from <= through ? query.from : usual;
  const range = isReadable(rangeOf({ grain, from, through })) ? { from, through } : { from: usual, through };
  const isDivided = dimensions.filter((by) => by !== 'group' || grain === 'period');
  return {
    report,
    grain,
    ...range,
    by: query.by === 'time' ? 'time' : (oneOf(isDivided, query.by) ?? isDivided[0] ?? 'time'),
    company: reportDefinitions[report].isOfCarrier ? undefined : query.company?.trim() || undefined,
    compare: oneOf(comparisons, query.compare),
    after: readCursor(query.after),
  };
}

function rangeOf({ grain, from, through }: Pick<ReportChoice, 'grain' | 'from' | 'through'>) {
  return { grain, from: `${from}-01`, through: grain === 'day' ? lastDayOfMonth(through) : `${through}-01` };
}

/** What is read for a choice. */
export function scopeOf(choice: ReportChoice): ReportScope {
  return { report: choice.report, ...rangeOf(choice), companyCode: choice.company };
}

/** The address of a choice, with changes; a change of what is shown begins at its first page. */
export function reportHref(
  choice: ReportChoice,
  changes: Partial<Record<keyof ReportQuery, string | undefined>> = {},
  path = '/billing/reports',
): string {
  const { after: _after, ...rest } = choice;
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...rest, ...changes })) if (value) words.set(name, value);
  return `${path}?${words.toString()}`;
}

function readCursor(text: string | undefined): ReportCursor | undefined {
  const match = /^(-?\d{1,18})~([\w.:-]{0,32})$/.exec(text ?? '');
  return match ? { sum: BigInt(match[1]!), key: match[2]! } : undefined;
}

/** A cursor as the address has it. */
export const writeCursor = ({ sum, key }: ReportCursor): string => `${sum}~${key}`;
