import { createHash } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import type { TokenOwner } from './one-time-tokens.ts';

/** How long a browser has to answer a challenge. */
export const CHALLENGE_LIFE_MS = 5 * 60_000;

/** Where passkeys are registered and used: they belong to the host of this origin. */
export interface PasskeySite {
  /** `https://pay.carrier.example` */
  readonly origin: string;
  /** As the browser shows it. */
  readonly name: string;
}

/** Where subscribers use passkeys: on their own pages and at checkouts. */
export const subscriberSite = ({ publicOrigin: origin, carrier }: Config): PasskeySite => ({
  // A world of a sandbox is in a folder of the origin.
  origin: new URL(origin).origin,
  name: carrier.name,
});

/** A short name of a passkey for addresses and sessions; it opens nothing. */
export function passkeyRef(credentialId: string): string {
  return createHash('sha256').update(credentialId).digest('base64url').slice(0, 22);
}

/** The passkeys of a person, the oldest first. */
export async function listPasskeys(deps: Deps, { kind, id }: TokenOwner) {
  return await sqlOf(emOf(deps))
    .selectFrom('passkey')
    .select(['credentialId', 'label', 'transports', 'isSynced', 'createdAt', 'lastUsedAt'])
    .where('ownerKind', '=', kind)
    .where('ownerId', '=', id)
    .orderBy('createdAt')
    .orderBy('credentialId')
    .execute();
}

/** The passkey of an identifier as a browser names it, locked; undefined for one that is unknown or no identifier. */
export async function lockPasskey(tx: InTransaction<Deps>, credentialId: string) {
  if (!/^[\w-]{1,1400}$/.test(credentialId)) return undefined;
  return await sqlOf(tx.em)
    .selectFrom('passkey')
    .select(['credentialId', 'ownerKind', 'ownerId', 'publicKey', 'counter'])
    .where('credentialId', '=', credentialId)
    .forUpdate()
    .executeTakeFirst();
}

/** Removes a passkey of a person; false when it is not theirs. */
export async function deletePasskey(
  tx: InTransaction<Deps>,
  { kind, id }: TokenOwner,
  credentialId: string,
): Promise<boolean> {
  const { numDeletedRows } = await sqlOf(tx.em)
    .deleteFrom('passkey')
    .where('ownerKind', '=', kind)
    .where('ownerId', '=', id)
    .where('credentialId', '=', credentialId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Removes all passkeys of a person. Returns how many. */
export async function deletePasskeysOf(tx: InTransaction<Deps>, { kind, id }: TokenOwner): Promise<number> {
  const { numDeletedRows } = await sqlOf(tx.em)
    .deleteFrom('passkey')
    .where('ownerKind', '=', kind)
    .where('ownerId', '=', id)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** The library throws for a response that proves nothing. A fault of the database is none of those: it is thrown as it is. */
export async function orUndefined<T>(verifying: Promise<T>): Promise<T | undefined> {
  try {
    return await verifying;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'errno' in error) throw error;
    return undefined;
  }
}
