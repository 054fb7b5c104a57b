import type { Actor, SubscriberActor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Permission } from '../access/permissions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** An actor with an issued ID who has a permission. @throws Problem `permission-denied`. */
export function authorizeSubscriber(actor: Actor, permission: Permission): SubscriberActor {
  authorize(actor, permission);
  if (actor.kind === 'subscriber') return actor;
  throw new Problem('permission-denied', { detail: 'Only a subscriber has a line.' });
}

/**
 * Checks that a setting is about what the actor may set: the holder the line and each issued ID that is active on it, the
 * others their own ID. @throws Problem `permission-denied` for the line, `subscriber-not-found` for anybody else's ID.
 */
export async function assertInScope(
  deps: Deps,
  actor: SubscriberActor,
  subscriberId: number | null,
): Promise<void> {
  if (subscriberId === null) {
    if (actor.isHolder) return;
    throw new Problem('permission-denied', { detail: 'Only the holder decides for the whole line.' });
  }
  if (!actor.isHolder && subscriberId !== actor.subscriberId) throw new Problem('subscriber-not-found');
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select('id')
    .where('id', '=', subscriberId)
    .where('lineId', '=', actor.lineId)
    .where('holderFrom', '=', actor.holderFrom)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (!row) throw new Problem('subscriber-not-found');
}
