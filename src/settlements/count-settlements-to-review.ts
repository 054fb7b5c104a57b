import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** How many settlements wait for a person: drafts that nobody has proposed, and rejected ones. @throws Problem `permission-denied` */
export async function countSettlementsToReview(
  deps: Deps,
  actor: Actor,
): Promise<{ readonly drafts: number; readonly rejected: number }> {
  authorize(actor, 'settlements:read');
  const pending = sqlOf(emOf(deps))
    .selectFrom('approval')
    .select('subject')
    .where('state', '=', 'pending')
    .where('kind', '=', 'settlement.approve')
    .where('expiresAt', '>', deps.clock.now());
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['number', 'state'])
    .where('state', 'in', ['draft', 'rejected'])
    .execute();
  const proposed = new Set((await pending.execute()).map(({ subject }) => subject));
  const open = rows.filter(({ number }) => !proposed.has(`settlement:${number}`));
  return {
    drafts: open.filter(({ state }) => state === 'draft').length,
    rejected: open.filter(({ state }) => state === 'rejected').length,
  };
}
