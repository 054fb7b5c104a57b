import { sqlOf } from '../../database/sql.ts';
import { emOf, inTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import { lockApproval } from './approval.queries.ts';
import { recordDecision } from './record-decision.ts';

const PAGE_SIZE = 500;

/**
 * Records as `expired` the proposals whose time has run out; returns how many. They count as expired from that instant,
 * whether or not this has run. Several processes may run it at once: each proposal is locked, and one that was decided
 * or recorded meanwhile is left as it is.
 */
export async function expireApprovals(deps: Deps, actor: Actor, stopping?: AbortSignal): Promise<number> {
  authorize(actor, 'approvals:expire');
  let expired = 0;
  for (const id of await listExpired(deps)) {
    if (stopping?.aborted) break;
    if (await expireApproval(deps, actor, id)) expired += 1;
  }
  return expired;
}

async function expireApproval(deps: Deps, actor: Actor, id: string): Promise<boolean> {
  return inTransaction(deps, async (tx) => {
    const approval = await lockApproval(tx, id);
    if (approval.state !== 'pending') return false;
    await recordDecision(tx, actor, approval, { state: 'expired' });
    return true;
  });
}

/** The oldest ones; the next pass takes the rest. */
async function listExpired(deps: Deps): Promise<string[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select('id')
    .where('state', '=', 'pending')
    .where('expiresAt', '<=', deps.clock.now())
    .orderBy('id')
    .limit(PAGE_SIZE)
    .execute();
  return rows.map(({ id }) => id);
}
