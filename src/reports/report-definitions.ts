import { sql, type RawBuilder } from 'kysely';
import { monthOf } from '../shared/calendar-date.rules.ts';
import type { CollectionKind } from './daily-collection.entity.ts';
import type { Grain, StoredGrain } from './report-figure.entity.ts';
import type { Dimension, ReportName, ReportRange } from './report.types.ts';

/** How a report is read: a table `f`, and what of it is added up. */
export interface ReportDefinition {
  readonly grains: readonly Grain[];
  readonly from: RawBuilder<unknown>;
  /** The first day of the day or month of a row. */
  readonly startsOn: (grain: Grain) => RawBuilder<string>;
  readonly where: (range: ReportRange, by?: Dimension) => RawBuilder<boolean>;
  /** Sums by the name of their column. */
  readonly columns: Readonly<Record<string, RawBuilder<unknown>>>;
  /** The column whose largest sum comes first. */
  readonly order: string;
  readonly dimensions: readonly Dimension[];
  /** Only the carrier's people read it: its rows are of no company. */
  readonly isOfCarrier?: true;
  /** What is counted when a day or month ends: of several, the last one counts. */
  readonly atEnd?: string;
}

const sums = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [camel(name), sql`SUM(${sql.ref(`f.${name}`)})`]));

const camel = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Of the sums by day and month; `counts` are those of which a row has to have one. */
const ofFigures = (counts: readonly string[]): Pick<ReportDefinition, 'from' | 'startsOn' | 'where'> => ({
  from: sql`report_figure f`,
  startsOn: () => sql`f.starts_on`,
  where: (
    { grain, from, through },
    by,
  ) => sql`f.grain = ${storedGrain(grain, by)} AND f.starts_on BETWEEN ${from} AND ${through}
    AND ${sql.join(
      counts.map((name) => sql.ref(`f.${name}`)),
      sql` + `,
    )} > 0`,
});

/** Months that are divided by no more than company and closing group have rows of their own, which are fewer. */
const storedGrain = (grain: Grain, by: Dimension | undefined): StoredGrain =>
  grain !== 'day' && (by === undefined || by === 'company' || by === 'group') ? `c-${grain}` : grain;

const everyDimension = ['company', 'service', 'channel', 'tariff', 'partner', 'group'] as const;
const kindSum = (kind: CollectionKind) => sql`SUM(IF(f.kind = ${kind}, f.amount_minor, 0))`;

/** The reports there are. */
export const reportDefinitions: Readonly<Record<ReportName, ReportDefinition>> = {
  sales: {
    ...ofFigures(['charge_count', 'refund_count', 'returned_count']),
    grains: ['day', 'month', 'period'],
    columns: {
      ...sums(
        'charge_count',
        'charged_minor',
        'refund_count',
        'refunded_minor',
        'returned_count',
        'returned_minor',
      ),
      netMinor: sql`SUM(f.charged_minor) - SUM(f.refunded_minor)`,
    },
    order: 'chargedMinor',
    dimensions: everyDimension,
  },
  losses: {
    ...ofFigures(['clawback_minor', 'recovered_minor']),
    grains: ['day', 'month', 'period'],
    columns: {
      ...sums('clawback_minor', 'recovered_minor'),
      netMinor: sql`SUM(f.clawback_minor) - SUM(f.recovered_minor)`,
    },
    order: 'clawbackMinor',
    dimensions: everyDimension,
  },
  subscriptions: {
    ...ofFigures(['joined_count', 'left_count', 'active_count']),
    grains: ['day', 'month'],
    columns: sums('joined_count', 'left_count', 'active_count'),
    order: 'activeCount',
    dimensions: ['company', 'service', 'channel', 'tariff', 'partner'],
    atEnd: 'activeCount',
  },
  fees: {
    grains: ['period'],
    from: sql`settlement f`,
    startsOn: () => sql`CONCAT(f.billing_period, '-01')`,
    where: ({ from, through }) =>
      sql`f.billing_period BETWEEN ${monthOf(from)} AND ${monthOf(through)} AND f.state <> 'rejected'`,
    columns: {
      settlementCount: sql`COUNT(*)`,
      draftCount: sql`SUM(f.state = 'draft')`,
      billedMinor: sql`SUM(f.billed_minor) - SUM(f.refunded_minor)`,
      feeMinor: sql`SUM(f.fee_ex_tax_minor)`,
      setUpMinor: sql`SUM(f.set_up_ex_tax_minor)`,
      taxMinor: sql`SUM(f.fee_tax_minor + f.set_up_tax_minor)`,
      payoutMinor: sql`SUM(f.payout_minor)`,
    },
    order: 'feeMinor',
    dimensions: ['company', 'tariff'],
  },
  collection: {
    grains: ['day', 'month'],
    from: sql`daily_collection f`,
    startsOn: (grain) => (grain === 'day' ? sql`f.booked_on` : sql`DATE_FORMAT(f.booked_on, '%Y-%m-01')`),
    where: ({ grain, from, through }) => sql`f.booked_on BETWEEN ${from}
      AND ${grain === 'day' ? sql`${through}` : sql`LAST_DAY(${through})`}`,
    columns: {
      collectedMinor: sql`${kindSum('collected')} - ${kindSum('collected-back')}`,
      uncollectedMinor: sql`${kindSum('uncollected')} - ${kindSum('uncollected-back')}`,
      clawbackMinor: kindSum('clawback'),
      recoveredMinor: kindSum('recovery'),
      lossMinor: sql`${kindSum('loss')} - ${kindSum('loss-back')}`,
    },
    order: 'uncollectedMinor',
    dimensions: [],
    isOfCarrier: true,
  },
};
