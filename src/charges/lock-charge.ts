import { LockMode } from '@mikro-orm/mariadb';
import type { Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Charge } from './charge.entity.ts';

/**
 * Reads a charge for changing it: others that do the same wait until this transaction ends.
 * @throws Problem `charge-not-found`.
 */
export async function lockCharge(tx: InTransaction<Deps>, owned: Owned, chargeId: string): Promise<Charge> {
  const where = { $and: [owned.rows, { id: chargeId }] };
  const charge = await tx.em.findOne(Charge, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}
