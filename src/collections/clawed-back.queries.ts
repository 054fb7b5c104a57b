import { selectStatement, type Statement } from '../database/statement.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/**
 * What is clawed back of charges, less what was recovered; a charge without any is not in the map. Who claws back locks the charge
 * first, as who refunds does: under that lock the sums do not change until the transaction ends.
 */
export async function clawedBackOf(deps: Deps, chargeIds: readonly string[]): Promise<Map<string, bigint>> {
  if (chargeIds.length === 0) return new Map();
  return await runStatement(emOf(deps), selectClawedBack(chargeIds));
}

/** The same as a statement, to run with others. */
export function selectClawedBack(chargeIds: readonly string[]): Statement<Map<string, bigint>> {
  return selectStatement<Map<string, bigint>>(
    `SELECT charge_id AS id, SUM(IF(kind = 'clawback', amount_minor, -amount_minor)) AS net FROM clawback
     WHERE charge_id IN (?) GROUP BY charge_id HAVING net <> 0`,
    [chargeIds],
    (rows: readonly never[]) =>
      new Map(
        (rows as readonly { id: string; net: string | number }[]).map(({ id, net }) => [id, BigInt(net)]),
      ),
  );
}
