import { LockMode } from '@mikro-orm/mariadb';
import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Charge } from './charge.entity.ts';

/**
 * Reads a charge for changing it: whoever else wants to waits until this transaction ends. With a company
 * given, another company's charge does not exist. @throws Problem `charge-not-found`.
 */
export async function lockCharge(
  tx: InTransaction<Deps>,
  chargeId: string,
  companyId?: number,
): Promise<Charge> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  const where = companyId === undefined ? { id: chargeId } : { id: chargeId, companyId };
  const charge = await tx.em.findOne(Charge, where, lock);
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}
