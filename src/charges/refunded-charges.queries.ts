import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** What has been given back of charges, by charge; none for one without a refund. Only captured charges have refunds. */
export async function findRefunded(
  deps: Deps,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  if (chargeIds.length === 0) return new Map();
  const rows = await queryRows<{ chargeId: string; minor: number | string }>(
    emOf(deps),
    'SELECT charge_id AS chargeId, SUM(amount_minor) AS minor FROM refund WHERE charge_id IN (?) GROUP BY charge_id',
    [chargeIds],
  );
  return new Map(rows.map(({ chargeId, minor }) => [chargeId, BigInt(minor)]));
}
