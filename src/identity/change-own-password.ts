import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { reportEvent } from '../security/report-event.ts';
import { Problem } from '../shared/problem.ts';
import { findHolderContact } from './holder-contact.queries.ts';
import { formatIssuedId } from './issued-id.rules.ts';
import { verifyPassword } from './passwords.ts';
import { preparePassword } from './prepare-password.ts';
import { clearOwnFailures, reserveAttempt } from './sign-in-lock.ts';
import { findById, type SignedInSubscriber } from './subscriber.queries.ts';

export interface ChangeOwnPassword {
  /** Needed, unless the password is a temporary one that was proven just now. */
  readonly currentPassword?: string | undefined;
  readonly newPassword: string;
  readonly address: string;
  readonly userAgent: string;
}

/**
 * A subscriber chooses a new password; all sessions of the ID end with the old one, and the holder of the line is told by mail.
 * Returns the subscriber as stored, for the next session.
 * @throws Problem `permission-denied`, `password-not-permitted`, `password-unchanged`, `sign-in-refused` when the current
 *   password is wrong, which counts as a failed sign-in, `sign-in-locked`.
 */
export async function changeOwnPassword(
  deps: Deps,
  actor: Actor,
  input: ChangeOwnPassword,
): Promise<SignedInSubscriber> {
  authorize(actor, 'own-password:write');
  if (actor.kind !== 'subscriber') throw new Problem('permission-denied');
  const subscriber = await findById(deps, actor.subscriberId);
  if (!subscriber) throw new Problem('subscriber-not-found');
  if (!subscriber.passwordTemporary) await proveCurrent(deps, subscriber, input.currentPassword ?? '');
  await storePassword(deps, subscriber, { ...input, actor: actorName(actor) });
  return (await findById(deps, subscriber.id)) ?? subscriber;
}

async function proveCurrent(
  deps: Deps,
  { issuedId, passwordHash }: SignedInSubscriber,
  password: string,
): Promise<void> {
  const left = await reserveAttempt(deps, [{ scope: 'id', key: issuedId }]);
  if (!(await verifyPassword(password, passwordHash))) {
    throw new Problem('sign-in-refused', { facts: { tries_left: left } });
  }
}

export interface StoredPassword {
  readonly newPassword: string;
  readonly address: string;
  readonly userAgent: string;
  /** As in the audit trail. */
  readonly actor: string;
}

/**
 * Stores a password that the person has chosen, ends the ID's sessions and its sign-in lock, and mails the holder.
 * @throws Problem `password-not-permitted`, `password-unchanged`
 */
export async function storePassword(
  deps: Deps,
  subscriber: SignedInSubscriber,
  input: StoredPassword,
): Promise<void> {
  if (await verifyPassword(input.newPassword, subscriber.passwordHash))
    throw new Problem('password-unchanged');
  const { passwordHash } = await preparePassword(input.newPassword);
  const { id, issuedId, passwordHash: former } = subscriber;
  await inTransaction(deps, async (tx) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('subscriber')
      .set({ passwordHash, passwordTemporary: false })
      .where('id', '=', id)
      .where('state', '=', 'active')
      .where(sql<boolean>`password_hash <=> ${former}`)
      .executeTakeFirst();
    // Changed by somebody else meanwhile: what was proven is no longer the password.
    if (numUpdatedRows === 0n) throw new Problem('sign-in-refused');
    await sqlOf(tx.em).deleteFrom('session').where('subscriberId', '=', id).execute();
    await clearOwnFailures(tx, { scope: 'id', key: issuedId });
    const subject = `subscriber:${id}`;
    const changed = { table: 'subscriber', key: [id] } as const;
    await recordAudit(tx, { actor: input.actor, action: 'subscriber.change-password', subject, changed });
    await queueNotice(tx, subscriber, input);
  });
  reportEvent(deps, 'security.password_reset', { subjects: { issued_id: issuedId, actor: input.actor } });
}

async function queueNotice(
  tx: InTransaction<Deps>,
  { id }: SignedInSubscriber,
  input: StoredPassword,
): Promise<void> {
  const contact = await findHolderContact(tx, id);
  if (!contact?.email) return;
  const { address, userAgent } = input;
  await queueMail(tx, {
    kind: 'password-changed',
    to: contact.email,
    toName: contact.holder,
    language: contact.language,
    subscriberId: id,
    dedupeKey: `password-changed:${id}:${randomUUID()}`,
    facts: {
      issuedId: formatIssuedId(contact.issuedId),
      changedAt: tx.clock.now(),
      changedBy: 'subscriber',
      address,
      userAgent: userAgent || null,
      url: `${tx.config.publicOrigin}/my/security`,
    },
  });
}
