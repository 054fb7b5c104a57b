import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { Confirmation } from './confirmation.entity.ts';

/**
 * What was confirmed of a charge, subscription or consent.
 * @throws Problem `not-found` also for what was agreed to elsewhere, or before confirmations were kept.
 */
export async function getConfirmation(deps: Deps, actor: Actor, subjectId: string): Promise<Confirmation> {
  const owned = ownedBy(actor, 'purchases:read');
  const found = await emOf(deps).findOne(Confirmation, { $and: [owned.rows, { subjectId }] });
  if (!found) throw new Problem('not-found');
  return found;
}
