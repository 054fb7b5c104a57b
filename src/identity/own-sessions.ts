import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor, type SubscriberActor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { hashSessionKey } from './session-store.ts';

/** A browser in which somebody is signed in. */
export interface OwnSession {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly isThis: boolean;
}

/** The session of the asking browser, by its cookie. */
interface ThisBrowser {
  readonly key: string;
}

/** More sessions than anybody has. */
const MAX_LISTED = 50;

/** The sessions of the person's own ID, the one that was used last first. @throws Problem `permission-denied` */
export async function listOwnSessions(deps: Deps, actor: Actor, { key }: ThisBrowser): Promise<OwnSession[]> {
  authorize(actor, 'own-sessions:read');
  const current = hashSessionKey(key);
  const rows = await sqlOf(emOf(deps))
    .selectFrom('session')
    .select(['idHash', 'createdAt', 'lastSeenAt', 'address', 'userAgent'])
    .where('subscriberId', '=', subscriberOf(actor).subscriberId)
    .where('expiresAt', '>', deps.clock.now())
    .orderBy('lastSeenAt', 'desc')
    .limit(MAX_LISTED)
    .execute();
  return rows.map(({ idHash, ...session }) => ({ ...session, isThis: idHash === current }));
}

/** Ends all sessions of the person's own ID but the asking one. Returns how many. @throws Problem `permission-denied` */
export async function endOtherSessions(deps: Deps, actor: Actor, { key }: ThisBrowser): Promise<number> {
  authorize(actor, 'own-sessions:end');
  const { subscriberId } = subscriberOf(actor);
  return inTransaction(deps, async (tx) => {
    const { numDeletedRows } = await sqlOf(tx.em)
      .deleteFrom('session')
      .where('subscriberId', '=', subscriberId)
      .where('idHash', '<>', hashSessionKey(key))
      .executeTakeFirst();
    const sessions = Number(numDeletedRows);
    if (sessions === 0) return 0;
    const [subject, facts] = [`subscriber:${subscriberId}`, { sessions }];
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.end-sessions', subject, facts });
    return sessions;
  });
}

function subscriberOf(actor: Actor): SubscriberActor {
  if (actor.kind === 'subscriber') return actor;
  throw new Problem('permission-denied');
}
