import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addMonths } from '../shared/calendar-date.rules.ts';

/** A state as people see it: a draft that waits for approval is `proposed`, an approved one whose payout waits is `held`. */
export const monthStates = ['draft', 'proposed', 'rejected', 'approved', 'held', 'paid'] as const;
export type MonthState = (typeof monthStates)[number];

export interface MonthFilter {
  readonly period: string;
  readonly state?: MonthState | undefined;
  /** Those alone whose total differs much from the month before. */
  readonly isOutlier?: boolean | undefined;
}

/** A settlement of a month beside the month before. Amounts in minor units. */
export interface MonthSettlement {
  readonly number: string;
  readonly company: string;
  readonly name: string;
  readonly nameEn: string;
  readonly state: MonthState;
  readonly revision: number;
  /** Billed less refunds, of this month and of the one before. */
  readonly totalMinor: bigint;
  readonly beforeMinor: bigint | null;
  readonly isOutlier: boolean;
  /** Fee and set-up fee with their tax. */
  readonly feeMinor: bigint;
  readonly payoutMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly payoutOn: string;
  /** The pending proposal, and who made it. */
  readonly approvalId: string | null;
  readonly maker: string | null;
}

/** Sums of what a filter finds. */
export interface MonthTotals {
  readonly count: number;
  readonly totalMinor: bigint;
  readonly beforeMinor: bigint;
  readonly feeMinor: bigint;
  readonly payoutMinor: bigint;
  readonly carriedOutMinor: bigint;
}

interface PageOf extends MonthFilter {
  /** Code of the last company of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A difference to the month before that a reviewer should look at: half or more, and this much in minor units (our decision). */
export const OUTLIER = { percent: 50, atLeastMinor: 10_000 } as const;

/** Settlements of a month by company code. @throws Problem `permission-denied` */
export async function listMonthSettlements(
  deps: Deps,
  actor: Actor,
  { after, limit, ...filter }: PageOf,
): Promise<MonthSettlement[]> {
  authorize(actor, 'settlements:read');
  const page = after === undefined ? sql`` : sql`AND m.company > ${after}`;
  const { rows } = await sql<Record<keyof MonthSettlement, never>>`
    SELECT * ${found(deps, filter)} ${page} ORDER BY m.company LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  return rows.map((row) => ({
    ...(row as unknown as MonthSettlement),
    revision: Number(row.revision),
    totalMinor: BigInt(row.totalMinor),
    beforeMinor: row.beforeMinor === null ? null : BigInt(row.beforeMinor),
    isOutlier: Number(row.isOutlier) === 1,
    feeMinor: BigInt(row.feeMinor),
    payoutMinor: BigInt(row.payoutMinor),
    carriedOutMinor: BigInt(row.carriedOutMinor),
  }));
}

/** Sums of all that a filter finds, not of one page. @throws Problem `permission-denied` */
export async function sumMonthSettlements(
  deps: Deps,
  actor: Actor,
  filter: MonthFilter,
): Promise<MonthTotals> {
  authorize(actor, 'settlements:read');
  const { rows } = await sql<Record<keyof MonthTotals, string | number>>`
    SELECT COUNT(*) AS count, COALESCE(SUM(m.totalMinor), 0) AS totalMinor, COALESCE(SUM(m.beforeMinor), 0) AS beforeMinor,
      COALESCE(SUM(m.feeMinor), 0) AS feeMinor, COALESCE(SUM(m.payoutMinor), 0) AS payoutMinor,
      COALESCE(SUM(m.carriedOutMinor), 0) AS carriedOutMinor ${found(deps, filter)}`.execute(
    sqlOf(emOf(deps)),
  );
  const sums = rows[0]!;
  return {
    count: Number(sums.count),
    totalMinor: BigInt(sums.totalMinor),
    beforeMinor: BigInt(sums.beforeMinor),
    feeMinor: BigInt(sums.feeMinor),
    payoutMinor: BigInt(sums.payoutMinor),
    carriedOutMinor: BigInt(sums.carriedOutMinor),
  };
}

/** How many settlements of a month are in each state. @throws Problem `permission-denied` */
export async function countMonthStates(
  deps: Deps,
  actor: Actor,
  { period }: { readonly period: string },
): Promise<ReadonlyMap<MonthState, number>> {
  authorize(actor, 'settlements:read');
  const { rows } = await sql<{ state: MonthState; count: string | number }>`
    SELECT m.state AS state, COUNT(*) AS count ${found(deps, { period })} GROUP BY m.state`.execute(
    sqlOf(emOf(deps)),
  );
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** Months with settlements, the newest first; at most 36. @throws Problem `permission-denied` */
export async function listSettledMonths(deps: Deps, actor: Actor): Promise<string[]> {
  authorize(actor, 'settlements:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('billingPeriod')
    .distinct()
    .orderBy('billingPeriod', 'desc')
    .limit(36)
    .execute();
  return rows.map(({ billingPeriod }) => billingPeriod);
}

/** FROM and WHERE: a settlement, its company, that of the month before and its pending proposal. */
function found(deps: Deps, { period, state, isOutlier }: MonthFilter): RawBuilder<unknown> {
  const byState = state === undefined ? sql`` : sql`AND m.state = ${state}`;
  const byOutlier = isOutlier ? sql`AND m.isOutlier` : sql``;
  return sql`FROM (
    SELECT s.number AS number, c.code AS company, c.name AS name, c.name_en AS nameEn, s.revision AS revision,
      CASE WHEN s.state = 'draft' AND a.id IS NOT NULL THEN 'proposed'
        WHEN s.state = 'approved' AND s.held_reason IS NOT NULL THEN 'held' ELSE s.state END AS state,
      s.billed_minor - s.refunded_minor AS totalMinor, p.billed_minor - p.refunded_minor AS beforeMinor,
      COALESCE(ABS((s.billed_minor - s.refunded_minor) - (p.billed_minor - p.refunded_minor)) >= ${OUTLIER.atLeastMinor}
        AND ABS((s.billed_minor - s.refunded_minor) - (p.billed_minor - p.refunded_minor)) * 100
          >= ABS(p.billed_minor - p.refunded_minor) * ${OUTLIER.percent}, 0) AS isOutlier,
      s.fee_ex_tax_minor + s.fee_tax_minor + s.set_up_ex_tax_minor + s.set_up_tax_minor AS feeMinor,
      s.payout_minor AS payoutMinor, s.carried_out_minor AS carriedOutMinor,
      DATE_FORMAT(s.payout_on, '%Y-%m-%d') AS payoutOn, a.id AS approvalId, a.maker AS maker
    FROM settlement s JOIN company c ON c.id = s.company_id
    LEFT JOIN settlement p ON p.company_id = s.company_id AND p.billing_period = ${addMonths(period, -1)}
    LEFT JOIN approval a ON a.kind = 'settlement.approve' AND a.state = 'pending' AND a.expires_at > ${deps.clock.now()}
      AND a.subject = CONCAT('settlement:', s.number)
    WHERE s.billing_period = ${period}) m WHERE TRUE ${byState} ${byOutlier}`;
}
