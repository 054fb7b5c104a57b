import { sql } from 'kysely';
import type { Actor, SubscriberActor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** A browser in which somebody is signed in. */
export interface OwnSession {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly isThis: boolean;
}

/** More sessions than anybody has. */
const MAX_LISTED = 50;

/** The sessions of the person's own ID, the latest first. `sessionHash` is that of the asking browser. @throws Problem `permission-denied` */
export async function listOwnSessions(
  deps: Deps,
  actor: Actor,
  { sessionToken }: { readonly sessionToken: string },
): Promise<OwnSession[]> {
  authorize(actor, 'own-sessions:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('session')
    .select(['createdAt', 'lastSeenAt', 'address', 'userAgent', 'content'])
    .where('subscriberId', '=', subscriberOf(actor).subscriberId)
    .where('expiresAt', '>', deps.clock.now())
    .orderBy('lastSeenAt', 'desc')
    .limit(MAX_LISTED)
    .execute();
  return rows.map(({ content, ...row }) => ({ ...row, isThis: content['formToken'] === sessionToken }));
}

/** Ends all sessions of the person's own ID but the asking one. Returns how many. @throws Problem `permission-denied` */
export async function endOtherSessions(
  deps: Deps,
  actor: Actor,
  { sessionToken }: { readonly sessionToken: string },
): Promise<number> {
  authorize(actor, 'own-sessions:end');
  const { numDeletedRows } = await sqlOf(emOf(deps))
    .deleteFrom('session')
    .where('subscriberId', '=', subscriberOf(actor).subscriberId)
    .where(sql<boolean>`NOT (JSON_VALUE(content, '$.formToken') <=> ${sessionToken})`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function subscriberOf(actor: Actor): SubscriberActor {
  if (actor.kind === 'subscriber') return actor;
  throw new Problem('permission-denied');
}
