import { inTransaction } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { endIssuedId } from './end-issued-id.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import type { Subscriber } from './subscriber.entity.ts';

interface EndSubscriber {
  readonly issuedId: string;
  readonly reason?: ActReason | undefined;
}

/**
 * Ends an issued ID: nobody can sign in with it, its captured charges stay, its open authorizations end, its slot on the
 * line is free. Ending it twice changes nothing; of a person of a former tenure it also ends reading what was theirs.
 * @throws Problem `subscriber-not-found`, `invalid-request`
 */
export async function endSubscriber(deps: Deps, actor: Actor, input: EndSubscriber): Promise<Subscriber> {
  authorize(actor, 'subscribers:write');
  const issuedId = normaliseIssuedId(input.issuedId);
  const facts = reasonFacts(input.reason);
  return inTransaction(deps, (tx) => endIssuedId(tx, actor, { issuedId }, facts));
}
