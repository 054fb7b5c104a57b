import { sql } from 'kysely';
import { RowsChanged } from '../database/rows-changed.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Clawbacks and recoveries that wait for a settlement, both from 0. */
export interface ClawbackSums {
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
}

/** The sums with the bound of the rows that make them up. */
export interface PendingClawbacks extends ClawbackSums {
  /** Rows with a later identifier came after the sums were made. */
  readonly throughId: string;
  /** How many rows. */
  readonly count: number;
}

/** The database gives sums as text or number. */
const sumsByKind = {
  clawback: sql<string | number>`COALESCE(SUM(IF(kind = 'clawback', amount_minor, 0)), 0)`,
  recovery: sql<string | number>`COALESCE(SUM(IF(kind = 'recovery', amount_minor, 0)), 0)`,
};

/**
 * What the settlements of a period take over of clawbacks and recoveries, by company: all that wait, of this period and earlier
 * ones. A clawback never comes before the settlement of the sale it is of. Companies without any are not in the map. Rows are
 * counted by the database, however many they are.
 */
export async function sumPendingClawbacks(
  deps: Deps,
  period: string,
  companyIds: readonly number[],
): Promise<Map<number, PendingClawbacks>> {
  if (companyIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select(({ fn }) => [
      'companyId',
      sumsByKind.clawback.as('clawback'),
      sumsByKind.recovery.as('recovery'),
      fn.max('id').as('throughId'),
      fn.countAll<string | number>().as('count'),
    ])
    .where('companyId', 'in', companyIds)
    .where('settlementId', 'is', null)
    .where('billingPeriod', '<=', period)
    .groupBy('companyId')
    .execute();
  return new Map(
    rows.map(({ companyId, clawback, recovery, throughId, count }) => [
      companyId,
      {
        clawbackMinor: BigInt(clawback),
        recoveryMinor: BigInt(recovery),
        throughId,
        count: Number(count),
      },
    ]),
  );
}

/** How many clawbacks and recoveries wait for the settlement of a period, by company. */
export async function countPendingClawbacks(
  deps: Deps,
  period: string,
): Promise<ReadonlyMap<number, number>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select(({ fn }) => ['companyId', fn.countAll<string | number>().as('count')])
    .where('settlementId', 'is', null)
    .where('billingPeriod', '<=', period)
    .groupBy('companyId')
    .execute();
  return new Map(rows.map(({ companyId, count }) => [companyId, Number(count)]));
}

/** A draft that takes over clawbacks. */
export interface FreezingSettlement {
  readonly settlementId: string;
  readonly companyId: number;
  readonly period: string;
  /** What is in its figures. */
  readonly clawbacks: PendingClawbacks;
}

const ROWS_PER_UPDATE = 1_000;

/**
 * Freezes what is in the figures of drafts, in the transaction that makes the drafts. What an import books meanwhile waits
 * for the next ones; a row of an import that was numbered before the sums and committed after them has the transaction run
 * again, so that figures and rows always agree.
 * @throws RowsChanged
 */
export async function freezeClawbacks(
  tx: InTransaction<Deps>,
  settlements: readonly FreezingSettlement[],
): Promise<void> {
  for (const { settlementId, companyId, period, clawbacks } of settlements) {
    const frozen = await inPortions(() =>
      sqlOf(tx.em)
        .updateTable('clawback')
        .set({ settlementId })
        .where('companyId', '=', companyId)
        .where('settlementId', 'is', null)
        .where('billingPeriod', '<=', period)
        .where('id', '<=', clawbacks.throughId)
        .limit(ROWS_PER_UPDATE)
        .executeTakeFirstOrThrow(),
    );
    if (frozen !== clawbacks.count) throw new RowsChanged(`clawbacks of ${settlementId}`);
  }
}

/** Repeats an update of at most `ROWS_PER_UPDATE` rows until none is left; returns how many there were. */
async function inPortions(update: () => Promise<{ readonly numUpdatedRows: bigint }>): Promise<number> {
  for (let total = 0; ;) {
    const count = Number((await update()).numUpdatedRows);
    total += count;
    if (count < ROWS_PER_UPDATE) return total;
  }
}

/** What a settlement has taken over. */
export async function sumFrozen(deps: Deps, settlementId: string): Promise<ClawbackSums> {
  const { clawback, recovery } = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select([sumsByKind.clawback.as('clawback'), sumsByKind.recovery.as('recovery')])
    .where('settlementId', '=', settlementId)
    .executeTakeFirstOrThrow();
  return { clawbackMinor: BigInt(clawback), recoveryMinor: BigInt(recovery) };
}

/** Releases what rejected drafts had taken over: the next draft has it. */
export async function releaseClawbacks(
  tx: InTransaction<Deps>,
  settlementIds: readonly string[],
): Promise<void> {
  for (const settlementId of settlementIds) {
    await inPortions(() =>
      sqlOf(tx.em)
        .updateTable('clawback')
        .set({ settlementId: null })
        .where('settlementId', '=', settlementId)
        .limit(ROWS_PER_UPDATE)
        .executeTakeFirstOrThrow(),
    );
  }
}

/**
 * The companies that have clawbacks or recoveries waiting for their settlement of a period, also without a sale in it. Not those
 * that are settled for the period or a later one: what they have waits for their next one.
 */
export async function findCompaniesWithClawbacks(deps: Deps, period: string): Promise<ReadonlySet<number>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback as k')
    .select('k.companyId')
    .distinct()
    .where('k.settlementId', 'is', null)
    .where('k.billingPeriod', '<=', period)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('settlement as s')
            .select('s.id')
            .whereRef('s.companyId', '=', 'k.companyId')
            .where('s.billingPeriod', '>=', period),
        ),
      ),
    )
    .execute();
  return new Set(rows.map(({ companyId }) => companyId));
}
