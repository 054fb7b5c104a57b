import { LockMode } from '@mikro-orm/mariadb';
import type { Owned } from '../access/owned-by.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { Enquiry } from './enquiry.entity.ts';

/**
 * Reads an enquiry to which a message is appended: others that do the same wait until this transaction ends.
 * @throws Problem `enquiry-not-found`.
 */
export async function lockEnquiry(tx: InTransaction<Deps>, owned: Owned, id: string): Promise<Enquiry> {
  const where = { $and: [owned.rows, { id }] };
  const enquiry = await tx.em.findOne(Enquiry, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!enquiry) throw new Problem('enquiry-not-found');
  return enquiry;
}
