import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { listCommissions, type SettlementCommission } from './partner.queries.ts';

/**
 * What partners get of a settlement, whatever its state, for the carrier's people.
 * @throws Problem `permission-denied`, `settlement-not-found`
 */
export async function listCommissionsOfSettlement(
  deps: Deps,
  actor: Actor,
  number: string,
): Promise<SettlementCommission[]> {
  authorize(actor, 'settlements:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) throw new Problem('settlement-not-found', { detail: `There is no settlement ${number}.` });
  return await listCommissions(deps, row.id);
}
