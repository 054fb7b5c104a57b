import { createHash, randomBytes } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TokenKind } from './one-time-token.entity.ts';

const TOKEN_BYTES = 32;

/** Whose a token is. */
export interface TokenOwner {
  readonly kind: 'account' | 'subscriber';
  readonly id: number;
}

interface NewToken {
  readonly kind: TokenKind;
  /** Undefined before it is known who comes, as for a sign-in by passkey. */
  readonly owner: TokenOwner | undefined;
  readonly lifeMs: number;
  /** Chosen by a protocol; else 256 random bits. */
  readonly token?: string | undefined;
}

/** Issues a secret that works once, as base64url. Only its hash is stored. */
export async function issueToken(
  tx: InTransaction<Deps>,
  { kind, owner, lifeMs, token = randomBytes(TOKEN_BYTES).toString('base64url') }: NewToken,
): Promise<string> {
  const now = tx.clock.now();
  await sqlOf(tx.em)
    .insertInto('one_time_token')
    .values({
      tokenHash: hashToken(token),
      kind,
      ownerKind: owner?.kind ?? null,
      ownerId: owner?.id ?? null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifeMs),
      usedAt: null,
    })
    .execute();
  return token;
}

/** The token as stored, if it is of this kind, unused and in time; else undefined. */
export async function findToken(deps: Deps, kind: TokenKind, token: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('one_time_token')
    .select(['ownerKind', 'ownerId', 'expiresAt'])
    .where('tokenHash', '=', hashToken(token))
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', deps.clock.now())
    .executeTakeFirst();
}

/**
 * Uses a token up. Of two at once one gets true; false for one that is unknown, used, out of time, of another kind, or, with
 * `owner`, of somebody else.
 */
export async function useToken(
  tx: InTransaction<Deps>,
  kind: TokenKind,
  token: string,
  owner?: TokenOwner,
): Promise<boolean> {
  const now = tx.clock.now();
  const { numUpdatedRows } = await sqlOf(tx.em)
    .updateTable('one_time_token')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashToken(token))
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .$if(owner !== undefined, (query) =>
      query.where('ownerKind', '=', owner!.kind).where('ownerId', '=', owner!.id),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Records a secret that was never stored as used, until it runs out by itself; false when it has been used before. */
export async function spendUnstored(
  tx: InTransaction<Deps>,
  { kind, token, expiresAt }: { readonly kind: TokenKind; readonly token: string; readonly expiresAt: Date },
): Promise<boolean> {
  const now = tx.clock.now();
  const unowned = { ownerKind: null, ownerId: null };
  const { numInsertedOrUpdatedRows } = await sqlOf(tx.em)
    .insertInto('one_time_token')
    .ignore()
    .values({ tokenHash: hashToken(token), kind, ...unowned, createdAt: now, expiresAt, usedAt: now })
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Makes all unused tokens of an owner worthless: those of some kinds, or of all. */
export async function withdrawTokens(
  tx: InTransaction<Deps>,
  owner: TokenOwner,
  kinds?: readonly TokenKind[],
): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('one_time_token')
    .set({ usedAt: tx.clock.now() })
    .where('ownerKind', '=', owner.kind)
    .where('ownerId', '=', owner.id)
    .where('usedAt', 'is', null)
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds!))
    .execute();
}

/** A token has 256 random bits: a plain hash is enough. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
