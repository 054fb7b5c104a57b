import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { expireCheckouts } from '../charges/expire-checkouts.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

const CHUNK = 200;

/** Records that requests have run out, with their events, soon after they did; the night does it too. Returns how many. */
export async function expirePaymentRequests(
  deps: Deps,
  actor: Actor,
  { stopping }: { readonly stopping: AbortSignal },
): Promise<number> {
  authorize(actor, 'payment-requests:announce');
  let expired = 0;
  while (!stopping.aborted) {
    const done = await inTransaction(deps, (tx) => expireCheckouts(tx, CHUNK, 'request'));
    expired += done;
    if (done < CHUNK) break;
  }
  return expired;
}
