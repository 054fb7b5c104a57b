import { LockMode } from '@mikro-orm/mariadb';
import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Checkout } from './checkout.entity.ts';

/**
 * Takes the one decision a checkout has room for. Locks its row, so of two browser tabs one decides and the
 * other finds it decided. Returns false when the same decision was taken before.
 * @throws Problem `checkout-expired`, or `illegal-state` when it was decided otherwise.
 */
export async function decideCheckout(
  tx: InTransaction<Deps>,
  subjectId: string,
  decision: 'confirmed' | 'declined' | 'withdrawn',
): Promise<boolean> {
  const checkout = await tx.em.findOneOrFail(
    Checkout,
    { subjectId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (checkout.state === decision) return false;
  const now = tx.clock.now();
  // Who withdraws has looked at the time already.
  const hasRunOut = checkout.state === 'open' && checkout.expiresAt <= now && decision !== 'withdrawn';
  if (checkout.state === 'expired' || hasRunOut) {
    throw new Problem('checkout-expired');
  }
  if (checkout.state !== 'open') {
    throw new Problem('illegal-state', { detail: `It has been ${checkout.state} already.` });
  }
  checkout.state = decision;
  checkout.decidedAt = now;
  await tx.em.flush();
  return true;
}
