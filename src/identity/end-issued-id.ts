import { LockMode } from '@mikro-orm/mariadb';
import type { ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { shortenAuthorizationsOfSubscriber } from '../lines/shorten-authorizations.ts';
import { Problem } from '../shared/problem.ts';
import { announceEndedId } from './announce-identity.ts';
import { deletePasskeysOf } from './passkeys.ts';
import { SubscriberSchema, type Subscriber } from './subscriber.entity.ts';
import { findById } from './subscriber.queries.ts';

/** Which issued ID; of a tenure when a line's holder names it. */
type IssuedIdKey =
  | { readonly issuedId: string }
  | { readonly id: number; readonly lineId: string; readonly holderFrom: string };

/**
 * Ends an issued ID, as `endSubscriber` does; the caller has checked who may. `hasLeft`: only because the line has another holder, so
 * that the person still reads what was theirs; ended once more without it, also that ends. @throws Problem `subscriber-not-found`.
 */
export async function endIssuedId(
  tx: InTransaction<Deps>,
  actor: Actor,
  { hasLeft = false, ...key }: IssuedIdKey & { readonly hasLeft?: boolean },
  reason: Partial<ActReason> = {},
): Promise<Subscriber> {
  const subscriber = await tx.em.findOne(SubscriberSchema, key, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!subscriber) throw new Problem('subscriber-not-found');
  const wasEnded = subscriber.state === 'ended';
  if (wasEnded && (hasLeft || subscriber.leftAs === null)) return subscriber;
  const facts = { lineId: subscriber.lineId, slot: subscriber.slot, ...reason };
  const leftAs = hasLeft ? (subscriber.isHolder ? 'holder' : 'person') : null;
  const endedAt = subscriber.endedAt ?? tx.clock.now();
  tx.em.assign(subscriber, { state: 'ended', slot: null, isHolder: null, endedAt, leftAs });
  await tx.em.flush();
  await deletePasskeysOf(tx, { kind: 'subscriber', id: subscriber.id });
  await shortenAuthorizationsOfSubscriber(tx, subscriber);
  const subject = `subscriber:${subscriber.id}`;
  const changed = { table: 'subscriber', key: [subscriber.id] } as const;
  await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.end', subject, facts, changed });
  if (!wasEnded)
    await announceEndedId(tx, actor, {
      ...identityOf(subscriber),
      readsThrough: await findReadsThrough(tx, subscriber),
    });
  return subscriber;
}

const identityOf = ({ id, issuedId, displayName, lineId, holderFrom }: Subscriber) => ({
  id,
  issuedId,
  displayName,
  lineId,
  holderFrom,
});

/** Of a person whose line has another holder. */
async function findReadsThrough(tx: InTransaction<Deps>, { id, leftAs }: Subscriber): Promise<string | null> {
  if (leftAs === null) return null;
  return (await findById(tx, id))?.former?.readsThrough ?? null;
}
