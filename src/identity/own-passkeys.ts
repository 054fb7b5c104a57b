import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { authorizeSubscriber } from '../safeguards/safeguard-scope.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import { announcePasskey } from './announce-passkey.ts';
import { deletePasskey, listPasskeys, passkeyRef } from './passkeys.ts';

/** A passkey as its owner sees it. */
export interface OwnPasskey {
  /** Names it in addresses. */
  readonly ref: string;
  readonly label: string;
  /** Also on the person's other devices. */
  readonly isSynced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

interface Named {
  readonly ref: string;
}

const checkLabel = compileInputCheck<{ readonly label: string }>({ label: readableText(60) });

/** The passkeys of the actor's own ID, the oldest first. @throws Problem `permission-denied`. */
export async function listOwnPasskeys(deps: Deps, actor: Actor): Promise<OwnPasskey[]> {
  const { subscriberId: id } = authorizeSubscriber(actor, 'own-passkeys:read');
  const rows = await listPasskeys(deps, { kind: 'subscriber', id });
  return rows.map(({ credentialId, label, isSynced, createdAt, lastUsedAt }) => ({
    ref: passkeyRef(credentialId),
    label,
    isSynced,
    createdAt,
    lastUsedAt,
  }));
}

/** One of them. @throws Problem `permission-denied`, `not-found`. */
export async function getOwnPasskey(deps: Deps, actor: Actor, { ref }: Named): Promise<OwnPasskey> {
  const found = (await listOwnPasskeys(deps, actor)).find((passkey) => passkey.ref === ref);
  if (!found) throw new Problem('not-found');
  return found;
}

/** Gives one of the actor's own passkeys another name. @throws Problem `permission-denied`, `not-found`, `invalid-request`. */
export async function renameOwnPasskey(
  deps: Deps,
  actor: Actor,
  { ref, label }: Named & { readonly label: string },
): Promise<void> {
  const { subscriberId: id } = authorizeSubscriber(actor, 'own-passkeys:write');
  checkLabel({ label });
  await inTransaction(deps, async (tx) => {
    const { credentialId, label: before } = await lockOwnPasskey(tx, id, ref);
    await sqlOf(tx.em)
      .updateTable('passkey')
      .set({ label })
      .where('credentialId', '=', credentialId)
      .execute();
    const [subject, facts] = [`subscriber:${id}`, { before, label }];
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.rename-passkey', subject, facts });
  });
}

/**
 * Removes one of the actor's own passkeys: it opens nothing any more. All sessions of the ID end, and the holder of the line is
 * told by mail. @throws Problem `permission-denied`, `not-found`.
 */
export async function removeOwnPasskey(
  deps: Deps,
  actor: Actor,
  { ref, address, userAgent }: Named & { readonly address: string; readonly userAgent: string },
): Promise<void> {
  const { subscriberId: id } = authorizeSubscriber(actor, 'own-passkeys:end');
  await inTransaction(deps, async (tx) => {
    const { credentialId, label } = await lockOwnPasskey(tx, id, ref);
    await deletePasskey(tx, { kind: 'subscriber', id }, credentialId);
    await sqlOf(tx.em).deleteFrom('session').where('subscriberId', '=', id).execute();
    const [subject, facts] = [`subscriber:${id}`, { label }];
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.remove-passkey', subject, facts });
    await announcePasskey(tx, 'passkey-removed', { subscriberId: id, label, address, userAgent });
  });
}

async function lockOwnPasskey(tx: InTransaction<Deps>, subscriberId: number, ref: string) {
  const { passkeys } = await lockOwnPasskeys(tx, subscriberId);
  const found = passkeys.find(({ credentialId }) => passkeyRef(credentialId) === ref);
  if (!found) throw new Problem('not-found');
  return found;
}

/** An active ID, locked, with its passkeys. @throws Problem `subscriber-not-found`. */
export async function lockOwnPasskeys(tx: InTransaction<Deps>, id: number) {
  const person = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select(['issuedId', 'displayName'])
    .where('id', '=', id)
    .where('state', '=', 'active')
    .forUpdate()
    .executeTakeFirst();
  if (!person) throw new Problem('subscriber-not-found');
  return { ...person, passkeys: await listPasskeys(tx, { kind: 'subscriber', id }) };
}

/** Whether an ID still has the passkey that opened a session. */
export async function hasPasskey(deps: Deps, subscriberId: number, ref: string): Promise<boolean> {
  const own = await listPasskeys(deps, { kind: 'subscriber', id: subscriberId });
  return own.some(({ credentialId }) => passkeyRef(credentialId) === ref);
}
