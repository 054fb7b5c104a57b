import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/**
 * What was clawed back from companies of charges that were not collected, less what was recovered since, by charge. Who
 * claws back locks the charge first, as who refunds does, so the sums do not change until this transaction ends.
 */
export async function clawedBackOf(
  deps: Deps,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  if (chargeIds.length === 0) return new Map();
  const rows = await queryRows<{ chargeId: string; minor: number | string }>(
    emOf(deps),
    `SELECT charge_id AS chargeId, SUM(IF(kind = 'clawback', amount_minor, -amount_minor)) AS minor
     FROM clawback WHERE charge_id IN (?) GROUP BY charge_id`,
    [chargeIds],
  );
  return new Map(rows.map(({ chargeId, minor }) => [chargeId, BigInt(minor)]));
}
