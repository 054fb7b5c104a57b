import { sqlOf } from '../../database/sql.ts';
import { emOf } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { actorName, type Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import { can } from '../can.rules.ts';
import type { ApprovalKinds } from './approval-kind.ts';

/** How many proposals wait that a person may decide: of kinds that they may approve, and not their own. @throws Problem `permission-denied` */
export async function countPendingFor(deps: Deps, actor: Actor, kinds: ApprovalKinds): Promise<number> {
  authorize(actor, 'approvals:read');
  const own = kinds.filter(({ approve }) => can(actor, approve)).map(({ kind }) => kind);
  if (own.length === 0) return 0;
  const { count } = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('state', '=', 'pending')
    .where('expiresAt', '>', deps.clock.now())
    .where('kind', 'in', own)
    .where('maker', '<>', actorName(actor))
    .executeTakeFirstOrThrow();
  return Number(count);
}
