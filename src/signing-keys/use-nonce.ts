import { hash } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Clocks of two processes may differ by this much. */
const CLOCK_DIFFERENCE_MS = 60_000;
/** Rows per transaction; small, so that no request waits for the purge. */
const CHUNK = 5_000;

export interface SentNonce {
  readonly signingKeyId: string;
  readonly nonce: string;
  /** The last instant at which its signature is young enough. */
  readonly lastAcceptedAt: Date;
}

/**
 * Uses a nonce, durably, before the request takes effect. Returns whether it is the first time: of two at once the key of the table
 * lets one through.
 */
export async function takeNonce(
  deps: Deps,
  { signingKeyId, nonce, lastAcceptedAt }: SentNonce,
): Promise<boolean> {
  const expiresAt = new Date(lastAcceptedAt.getTime() + CLOCK_DIFFERENCE_MS);
  const { numInsertedOrUpdatedRows = 0n } = await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .insertInto('signature_nonce')
      .ignore()
      .values({ signingKeyId, nonceHash: hash('sha256', nonce), expiresAt })
      .executeTakeFirstOrThrow(),
  );
  return numInsertedOrUpdatedRows === 1n;
}

/** Removes the nonces of signatures that are too old to be accepted; returns how many. It can be run again at any time. */
export async function purgeNonces(deps: Deps, stopping?: AbortSignal): Promise<number> {
  const now = deps.clock.now();
  let purged = 0;
  for (;;) {
    const { numDeletedRows } = await inTransaction(deps, (tx) =>
      sqlOf(tx.em)
        .deleteFrom('signature_nonce')
        .where('expiresAt', '<=', now)
        .orderBy('expiresAt')
        .limit(CHUNK)
        .executeTakeFirstOrThrow(),
    );
    purged += Number(numDeletedRows);
    if (Number(numDeletedRows) < CHUNK || stopping?.aborted === true) return purged;
  }
}
