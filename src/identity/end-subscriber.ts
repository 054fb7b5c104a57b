import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { shortenAuthorizationsOfSubscriber } from '../lines/shorten-authorizations.ts';
import { Problem } from '../shared/problem.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { SubscriberSchema, type Subscriber } from './subscriber.entity.ts';

interface EndSubscriber {
  readonly issuedId: string;
}

/**
 * Ends an issued ID: nobody can sign in with it, its captured charges stay, its open authorizations end, its slot on the
 * line is free. Ending it twice changes nothing.
 * @throws Problem `subscriber-not-found`
 */
export async function endSubscriber(deps: Deps, actor: Actor, input: EndSubscriber): Promise<Subscriber> {
  authorize(actor, 'subscribers:write');
  return inTransaction(deps, async (tx) => {
    const issuedId = normaliseIssuedId(input.issuedId);
    const subscriber = await tx.em.findOne(
      SubscriberSchema,
      { issuedId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!subscriber) throw new Problem('subscriber-not-found');
    if (subscriber.state === 'ended') return subscriber;
    const facts = { lineId: subscriber.lineId, slot: subscriber.slot };
    tx.em.assign(subscriber, { state: 'ended', slot: null, isHolder: null, endedAt: tx.clock.now() });
    await tx.em.flush();
    await shortenAuthorizationsOfSubscriber(tx, subscriber);
    const subject = `subscriber:${subscriber.id}`;
    const changed = { table: 'subscriber', key: [subscriber.id] } as const;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.end', subject, facts, changed });
    return subscriber;
  });
}
