import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** The companies for which months have been cut, by billing period; a period without one is not in the map. */
export async function findCutoffs(
  tx: InTransaction<Deps>,
  periods: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  if (periods.length === 0) return new Map();
  const rows = await queryRows<{ companyId: number; period: string }>(
    tx.em,
    'SELECT company_id AS companyId, billing_period AS period FROM collection_cutoff WHERE billing_period IN (?)',
    [periods],
  );
  const byPeriod = Map.groupBy(rows, ({ period }) => period);
  return new Map(
    [...byPeriod].map(([period, own]) => [period, new Set(own.map(({ companyId }) => companyId))]),
  );
}
