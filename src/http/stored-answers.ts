import { isDuplicate } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Answer } from './answer.ts';

/** Names one request of one company; both hashes are hex SHA-256. */
export interface KeyedRequest {
  readonly companyId: number;
  readonly keyHash: string;
  readonly requestHash: string;
}

/** An answer that was given under a key, and to which request. */
export interface StoredAnswer extends Answer {
  readonly requestHash: string;
}

/** Thrown inside a transaction to undo it: another process has answered under this key meanwhile. */
export class AnsweredMeanwhile extends Error {
  override readonly name = 'AnsweredMeanwhile';
}

const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Bounds one transaction (design.md section 5). */
const DELETED_AT_ONCE = 5000;

/** The answer already given under this key, if any. */
export async function findStoredAnswer(deps: Deps, request: KeyedRequest): Promise<StoredAnswer | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('idempotency_key')
    .select(['requestHash', 'status', 'answer as text'])
    .where('companyId', '=', request.companyId)
    .where('keyHash', '=', request.keyHash)
    .executeTakeFirst();
}

/**
 * Remembers an answer in the transaction of its effect, so that there is never one without the other.
 * @throws AnsweredMeanwhile when the key is taken; let it undo the transaction.
 */
export async function storeAnswer(
  tx: InTransaction<Deps>,
  request: KeyedRequest,
  answer: Answer,
): Promise<void> {
  const row = { ...request, status: answer.status, answer: answer.text, createdAt: tx.clock.now() };
  try {
    await sqlOf(tx.em).insertInto('idempotency_key').values(row).execute();
  } catch (error) {
    if (isDuplicate(error)) throw new AnsweredMeanwhile('', { cause: error });
    throw error;
  }
}

/** Forgets answers older than seven days, oldest first; says how many. */
export async function deleteOldIdempotencyKeys(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_DAYS * DAY_MS);
  for (let total = 0; ;) {
    const { numDeletedRows } = await sqlOf(emOf(deps))
      .deleteFrom('idempotency_key')
      .where('createdAt', '<', before)
      .orderBy('createdAt')
      .limit(DELETED_AT_ONCE)
      .executeTakeFirstOrThrow();
    total += Number(numDeletedRows);
    if (numDeletedRows < DELETED_AT_ONCE) return total;
  }
}
