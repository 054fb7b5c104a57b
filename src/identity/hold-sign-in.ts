import { actorName, type Actor } from '../access/actor.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { assertMayAsk } from './asked-by.rules.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { heldUntil, holdDays, holdFor, lockedUntil, type HoldDays } from './sign-in-lock.rules.ts';
import { clearFailures, findFailures, replaceFailures } from './sign-in-lock.ts';

interface HeldId {
  readonly issuedId: string;
  readonly reason?: ActReason | undefined;
}

export interface HoldSignIn extends HeldId {
  readonly days: HoldDays;
}

const checkDays = compileInputCheck<Pick<HoldSignIn, 'days'>>({ days: { type: 'integer', enum: holdDays } });

/**
 * Keeps everybody from signing in with an ID for some days, by password and by passkey, and ends its sessions: somebody else may
 * have its password. Its purchases, subscriptions and consents stay. A hold that lasts longer than the one asked for stays as it is.
 * @returns until when it is held. @throws Problem `subscriber-not-found`, `invalid-request`
 */
export async function holdSignIn(deps: Deps, actor: Actor, input: HoldSignIn): Promise<Date> {
  authorize(actor, 'subscribers:write');
  const { days, reason } = input;
  checkDays({ days });
  const why = reasonFacts(reason);
  return await inTransaction(deps, async (tx) => {
    const { id, key } = await lockId(tx, input.issuedId);
    const now = tx.clock.now();
    const hold = holdFor(days, now);
    const before = await replaceFailures(tx, key, hold);
    const heldBefore = heldUntil(before, now);
    if (heldBefore && heldBefore >= hold.lockedUntil!) {
      await replaceFailures(tx, key, before);
      return heldBefore;
    }
    const { numDeletedRows } = await sqlOf(tx.em)
      .deleteFrom('session')
      .where('subscriberId', '=', id)
      .executeTakeFirst();
    const facts = { until: hold.lockedUntil!.toISOString(), sessions: Number(numDeletedRows), ...why };
    const subject = `subscriber:${id}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.hold', subject, facts });
    return hold.lockedUntil!;
  });
}

/**
 * Lets the person of an ID sign in again, whether failures locked it or the support centre held it. Without a lock nothing changes.
 * @throws Problem `subscriber-not-found`, `invalid-request`
 */
export async function unlockSignIn(deps: Deps, actor: Actor, { issuedId, reason }: HeldId): Promise<void> {
  authorize(actor, 'subscribers:write');
  const why = reasonFacts(reason);
  await inTransaction(deps, async (tx) => {
    const { id, key, isHolder } = await lockId(tx, issuedId);
    if (reason?.askedBy !== 'carrier') assertMayAsk(isHolder ? 'holder' : 'person', reason);
    const now = tx.clock.now();
    const before = await findFailures(tx, key);
    if (!before) return;
    await clearFailures(tx, key);
    if (!lockedUntil(before, now)) return;
    const facts = { wasHeld: heldUntil(before, now) !== undefined, ...why };
    const subject = `subscriber:${id}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.unlock', subject, facts });
  });
}

/** Locks the row of an active ID: of two acts at once the second sees what the first has done. */
async function lockId(tx: InTransaction<Deps>, typed: string) {
  const issuedId = normaliseIssuedId(typed);
  const row = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select(['id', 'state', 'isHolder'])
    .where('issuedId', '=', issuedId)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== 'active') throw new Problem('subscriber-not-found');
  return { id: row.id, isHolder: row.isHolder !== null, key: { scope: 'id', key: issuedId } as const };
}
