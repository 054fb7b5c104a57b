import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
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

/** The library throws for a response that proves nothing. A fault of the database is none of those: it is thrown as it is. */
export async function orUndefined<T>(verifying: Promise<T>): Promise<T | undefined> {
  try {
    return await verifying;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'errno' in error) throw error;
    return undefined;
  }
}
