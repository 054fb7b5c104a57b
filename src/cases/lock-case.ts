import { LockMode } from '@mikro-orm/mariadb';
import type { Owned } from '../access/owned-by.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { isCaseNumber } from './case.rules.ts';
import { SupportCase } from './support-case.entity.ts';

/**
 * Reads a case for changing it: others that do the same wait until this transaction ends.
 * @throws Problem `case-not-found`.
 */
export async function lockCase(tx: InTransaction<Deps>, owned: Owned, number: string): Promise<SupportCase> {
  // The column is ASCII, and the database refuses to compare other text with it.
  if (!isCaseNumber(number)) throw new Problem('case-not-found');
  const where = { $and: [owned.rows, { number }] };
  const found = await tx.em.findOne(SupportCase, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new Problem('case-not-found');
  return found;
}
