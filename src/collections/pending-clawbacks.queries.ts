import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Clawbacks and recoveries that wait for a settlement, both from 0. */
export interface ClawbackSums {
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
}

/** The sums with the rows that make them up. */
export interface PendingClawbacks extends ClawbackSums {
  readonly ids: readonly string[];
}

/**
 * What the settlements of a period take over of clawbacks and recoveries, by company: all that wait, of this period and earlier
 * ones. A clawback never comes before the settlement of the sale it is of. Companies without any are not in the map.
 */
export async function sumPendingClawbacks(
  deps: Deps,
  period: string,
  companyIds: readonly number[],
): Promise<Map<number, PendingClawbacks>> {
  if (companyIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select(['id', 'companyId', 'kind', 'amountMinor'])
    .where('companyId', 'in', companyIds)
    .where('settlementId', 'is', null)
    .where('billingPeriod', '<=', period)
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ companyId }) => companyId)].map(([companyId, own]) => {
      const sumOf = (wanted: 'clawback' | 'recovery') =>
        own.reduce((sum, { kind, amountMinor }) => (kind === wanted ? sum + amountMinor : sum), 0n);
      const ids = own.map(({ id }) => id);
      return [companyId, { clawbackMinor: sumOf('clawback'), recoveryMinor: sumOf('recovery'), ids }];
    }),
  );
}

/** A draft that takes over clawbacks. */
export interface FreezingSettlement {
  readonly settlementId: string;
  /** The rows that are in its figures. */
  readonly ids: readonly string[];
}

const ROWS_PER_UPDATE = 1_000;

/**
 * Freezes the rows that are in the figures of drafts, in the transaction that makes the drafts. What an import books meanwhile waits
 * for the next ones.
 */
export async function freezeClawbacks(
  tx: InTransaction<Deps>,
  settlements: readonly FreezingSettlement[],
): Promise<void> {
  for (const { settlementId, ids } of settlements) {
    for (let from = 0; from < ids.length; from += ROWS_PER_UPDATE) {
      await sqlOf(tx.em)
        .updateTable('clawback')
        .set({ settlementId })
        .where('id', 'in', ids.slice(from, from + ROWS_PER_UPDATE))
        .execute();
    }
  }
}

/** What a settlement has taken over. */
export async function sumFrozen(deps: Deps, settlementId: string): Promise<ClawbackSums> {
  const { clawback, recovery } = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select([
      sql<string | number>`COALESCE(SUM(IF(kind = 'clawback', amount_minor, 0)), 0)`.as('clawback'),
      sql<string | number>`COALESCE(SUM(IF(kind = 'recovery', amount_minor, 0)), 0)`.as('recovery'),
    ])
    .where('settlementId', '=', settlementId)
    .executeTakeFirstOrThrow();
  return { clawbackMinor: BigInt(clawback), recoveryMinor: BigInt(recovery) };
}

/** Releases what rejected drafts had taken over: the next draft has it. */
export async function releaseClawbacks(
  tx: InTransaction<Deps>,
  settlementIds: readonly string[],
): Promise<void> {
  if (settlementIds.length === 0) return;
  await sqlOf(tx.em)
    .updateTable('clawback')
    .set({ settlementId: null })
    .where('settlementId', 'in', settlementIds)
    .execute();
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
