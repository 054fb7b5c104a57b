import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { nameForReader } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { heldUntil, lockedUntil } from './sign-in-lock.rules.ts';
import { findFailures } from './sign-in-lock.ts';

export type IssuedIdRecord = Awaited<ReturnType<typeof getIssuedIdRecord>>;

/**
 * What the support centre needs to know of an issued ID before it does something to it: whose it is, how its person signs in, and
 * whether it is locked. The name is masked. @throws Problem `permission-denied`, `subscriber-not-found`
 */
export async function getIssuedIdRecord(deps: Deps, actor: Actor, typed: string) {
  authorize(actor, 'subscribers:read');
  const issuedId = normaliseIssuedId(typed);
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'isHolder', 'lineId', 'holderFrom', 'state', 'createdAt'])
    .select(['endedAt', 'passwordHash', 'passwordTemporary'])
    .where('issuedId', '=', issuedId)
    .executeTakeFirst();
  if (!row) throw new Problem('subscriber-not-found');
  const { displayName, passwordHash, ...rest } = row;
  const now = deps.clock.now();
  const count = await findFailures(deps, { scope: 'id', key: issuedId });
  return {
    ...rest,
    name: await nameForReader(deps, actor, { ...row, name: displayName }),
    hasPassword: passwordHash !== null,
    lockedUntil: count && lockedUntil(count, now),
    heldUntil: count && heldUntil(count, now),
    sessions: await countSessions(deps, row.id),
  };
}

async function countSessions(deps: Deps, subscriberId: number): Promise<number> {
  const { count } = await sqlOf(emOf(deps))
    .selectFrom('session')
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .where('subscriberId', '=', subscriberId)
    .where('expiresAt', '>', deps.clock.now())
    .executeTakeFirstOrThrow();
  return Number(count);
}
