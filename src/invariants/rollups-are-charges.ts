import { sql, type RawBuilder } from 'kysely';
import { collectionKinds } from '../reports/daily-collection.entity.ts';
import { bookedOn } from '../reports/figures.sql.ts';
import { rowsOf, sumNames } from '../reports/make-sums.ts';
import { storedGrains, type StoredGrain } from '../reports/report-figure.entity.ts';
import { lastDayOfMonth } from '../shared/calendar-date.rules.ts';
import type { Invariant, MonthsToRead, Rule } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

/** Days or first days of months, both ends included. */
interface Range {
  readonly from: string;
  readonly through: string;
}

const EVER: Range = { from: '1900-01-01', through: '9990-12-01' };

function rangesOf(months: MonthsToRead | undefined): readonly Range[] {
  if (!months) return [EVER];
  const since = { ...EVER, from: `${months.since}-01` };
  const { also } = months;
  return also === undefined ? [since] : [since, { from: `${also}-01`, through: lastDayOfMonth(also) }];
}

type Query = RawBuilder<unknown>;
type RangeQuery = (range: Range) => Query;

const columns = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));

/** Two sets of rows that add up to the same, by their keys; a day is compared once a later one is added up too. */
interface SameSums {
  readonly checks: string;
  readonly day: string;
  readonly keys: readonly string[];
  readonly sums: readonly string[];
  readonly kept: RangeQuery;
  readonly recount: RangeQuery;
}

/**
 * A rule that what is kept is what is counted again. Of the last added up day it says nothing: what is booked late on it is added
 * up by the next night.
 */
function sameSums(sentence: string, { checks, day, keys, sums, kept, recount }: SameSums): Rule {
  const signed = (sign: string) =>
    sql.join(sums.map((name) => sql`${sql.raw(sign)}CAST(${sql.ref(name)} AS INT) AS ${sql.ref(name)}`));
  const isOver = sql`${sql.ref(day)} < (SELECT MAX(business_date) FROM daily_total)
    AND NOT EXISTS (SELECT 1 FROM daily_total WHERE NOT is_summed)`;
  const differences = sql.join(sums.map((name) => sql`SUM(${sql.ref(name)}) AS ${sql.ref(name)}`));
  const differs = sql.join(
    sums.map((name) => sql`SUM(${sql.ref(name)}) <> 0`),
    sql` OR `,
  );
  const broken = (ranges: readonly Range[]) => sql`
    SELECT ${columns(keys)}, ${differences} FROM (${sql.join(
      ranges.flatMap((range) => [
        sql`SELECT ${columns(keys)}, ${signed('')} FROM (${kept(range)}) k`,
        sql`SELECT ${columns(keys)}, ${signed('-')} FROM (${recount(range)}) r`,
      ]),
      sql` UNION ALL `,
    )}) u WHERE ${isOver} GROUP BY ${columns(keys)} HAVING ${differs}`;
  return {
    sentence,
    find: (snapshot, scope) =>
      sqlRule(sentence, { checks: sql.table(checks), broken: broken(rangesOf(scope.months)) }).find(
        snapshot,
        scope,
      ),
  };
}

const within = (column: string, { from, through }: Range) =>
  sql`${sql.ref(column)} BETWEEN ${from} AND ${through}`;

const daySums = [
  'charge_count',
  'charged_minor',
  'refund_count',
  'refunded_minor',
  'clawback_minor',
  'recovered_minor',
] as const;

const daysAreCharges = sameSums('the figures of a day are its charges, refunds and clawbacks', {
  checks: 'daily_figure',
  day: 'booked_on',
  keys: ['booked_on', 'sold_on', 'company_id', 'service_id', 'billing_period', 'closing_group'],
  sums: daySums,
  kept: (range) => sql`SELECT * FROM daily_figure WHERE ${within('booked_on', range)}`,
  recount: ({ from, through }) => bookedOn(from, through),
});

const totalsAreDays = sameSums('the total of a day is the sum of its figures', {
  checks: 'daily_total',
  day: 'booked_on',
  keys: ['booked_on'],
  sums: daySums,
  kept: (range) =>
    sql`SELECT t.*, t.business_date AS booked_on FROM daily_total t WHERE ${within('business_date', range)}`,
  recount: (range) => sql`SELECT * FROM daily_figure WHERE ${within('booked_on', range)}`,
});

const subscriptionsAreThose = sameSums('the subscriptions of a day are those that joined and left on it', {
  checks: 'daily_subscription',
  day: 'business_date',
  keys: ['business_date', 'company_id', 'service_id'],
  sums: ['joined_count', 'left_count'],
  kept: (range) => sql`SELECT * FROM daily_subscription WHERE ${within('business_date', range)}`,
  recount: (range) => sql`
    SELECT joined_on AS business_date, company_id, service_id, 1 AS joined_count, 0 AS left_count FROM subscription
    WHERE ${within('joined_on', range)}
    UNION ALL
    SELECT left_on, company_id, service_id, 0, 1 FROM subscription WHERE ${within('left_on', range)}`,
});

const activeIsCounted = sqlRule(
  'the active subscriptions of the last day but one are those that joined and have not left',
  {
    checks: sql`daily_subscription`,
    broken: sql`
    SELECT company_id, service_id, SUM(kept) AS kept, SUM(counted) AS counted FROM (
      SELECT company_id, service_id, active_count AS kept, 0 AS counted FROM daily_subscription
      WHERE business_date = (SELECT DATE_SUB(MAX(business_date), INTERVAL 1 DAY) FROM daily_total)
      UNION ALL
      SELECT company_id, service_id, 0, 1 FROM subscription
      WHERE joined_on < (SELECT MAX(business_date) FROM daily_total)
        AND (left_on IS NULL OR left_on >= (SELECT MAX(business_date) FROM daily_total))
    ) u WHERE (SELECT COUNT(*) FROM daily_total) > 1 GROUP BY company_id, service_id HAVING SUM(kept) <> SUM(counted)`,
  },
);

const collectionIsPosted = sameSums('what is collected on a day is what the ledger has of it', {
  checks: 'daily_collection',
  day: 'booked_on',
  keys: ['booked_on', 'kind'],
  sums: ['amount_minor'],
  kept: (range) => sql`SELECT * FROM daily_collection WHERE ${within('booked_on', range)}`,
  recount: (range) => sql`SELECT business_date AS booked_on, kind, amount_minor FROM ledger_entry
    WHERE ${within('business_date', range)} AND kind IN (${sql.join(collectionKinds)})`,
});

const readBy = {
  day: 'day',
  month: 'month',
  period: 'period',
  'c-month': 'company and month',
  'c-period': 'company and period',
};

interface ReadSums {
  readonly keys: readonly string[];
  readonly sums: readonly string[];
}

const readByReports = (sentence: string, grain: StoredGrain, { keys, sums }: ReadSums): Rule =>
  sameSums(sentence, {
    checks: 'report_figure',
    day: 'starts_on',
    keys,
    sums,
    kept: (range) =>
      sql`SELECT * FROM report_figure WHERE grain = ${grain} AND ${within('starts_on', range)}`,
    recount: ({ from, through }) => rowsOf[grain](from, through),
  });

const serviceKeys = ['starts_on', 'company_id', 'service_id'] as const;
const reportKeys = [...serviceKeys, 'closing_group', 'channel', 'tariff_code', 'partner_code'] as const;
const subscriptionSums = ['joined_count', 'left_count', 'active_count'] as const;
const otherSums = sumNames.filter((name) => !subscriptionSums.some((one) => one === name));

/**
 * A day of a report has its subscriptions under the channel and the tariff that were known when it was added up. A contract that is
 * concluded for days past changes none of them, so that they are compared by service.
 */
const subscriptionsOfReports = readByReports(
  'the subscriptions that reports read by day are those of the days',
  'day',
  { keys: serviceKeys, sums: subscriptionSums },
);

const reportsAreDays = [
  ...storedGrains.map((grain) =>
    readByReports(`what reports read by ${readBy[grain]} is the sum of the days`, grain, {
      keys: reportKeys,
      sums: grain === 'day' ? otherSums : sumNames,
    }),
  ),
  subscriptionsOfReports,
];

/** A settlement is drafted once all its items are closed: what the days have of its month does not change any more. */
const settlementsAreDays = sqlRule(
  'a settlement has billed and refunded what the days of its month have',
  ({ period }) => ({
    checks: sql`settlement WHERE state <> 'rejected' AND ${period('billing_period')}`,
    broken: sql`
    SELECT s.number, s.company_id, s.billed_minor, s.refunded_minor, f.charged_minor, f.returned_minor FROM settlement s
    LEFT JOIN (SELECT company_id, billing_period, SUM(charged_minor) AS charged_minor, SUM(refunded_minor) AS returned_minor
      FROM daily_figure WHERE ${period('billing_period')} GROUP BY company_id, billing_period) f
      ON f.company_id = s.company_id AND f.billing_period = s.billing_period
    WHERE s.state <> 'rejected' AND ${period('s.billing_period')} AND s.settled_on < (SELECT MAX(business_date) FROM daily_total)
      AND (COALESCE(f.charged_minor, 0) <> s.billed_minor OR COALESCE(f.returned_minor, 0) <> s.refunded_minor)`,
  }),
);

export const rollupsAreCharges: Invariant = {
  number: 11,
  name: 'What is added up by day is what was sold, refunded, clawed back and settled, and reports read the same',
  rules: [
    daysAreCharges,
    totalsAreDays,
    subscriptionsAreThose,
    activeIsCounted,
    collectionIsPosted,
    ...reportsAreDays,
    settlementsAreDays,
  ],
};
