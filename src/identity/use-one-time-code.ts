import { timingSafeEqual } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { CodePurpose } from './one-time-code.entity.ts';
import { MAX_CODE_TRIES, normaliseCode } from './one-time-code.rules.ts';
import { hashCode } from './send-one-time-code.ts';

export interface UseOneTimeCode {
  readonly subscriberId: number;
  readonly purpose: CodePurpose;
  /** As typed. */
  readonly code: string;
}

/**
 * Uses the newest code of a subscriber and purpose. Each try is counted before it is known whether it is right, and stays
 * counted; of two requests with the right code at once, one succeeds.
 * @throws Problem `code-refused` with `tries_left`; 0 when another code has to be asked for.
 */
export async function useOneTimeCode(deps: Deps, input: UseOneTimeCode): Promise<void> {
  const triesLeft = await inTransaction(deps, (tx) => tryCode(tx, input));
  // After the commit: the try stays counted.
  if (triesLeft !== 'used') throw new Problem('code-refused', { facts: { tries_left: triesLeft } });
}

async function tryCode(
  tx: InTransaction<Deps>,
  { subscriberId, purpose, code }: UseOneTimeCode,
): Promise<'used' | number> {
  const sql = sqlOf(tx.em);
  const newest = await sql
    .selectFrom('one_time_code')
    .select(['id', 'codeHash', 'tries', 'usedAt', 'expiresAt'])
    .where('subscriberId', '=', subscriberId)
    .where('purpose', '=', purpose)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  const now = tx.clock.now();
  if (!newest || newest.usedAt !== null || newest.expiresAt <= now || newest.tries >= MAX_CODE_TRIES)
    return 0;
  const { id, tries } = newest;
  const given = Buffer.from(hashCode(tx, id, normaliseCode(code)));
  const isRight = timingSafeEqual(given, Buffer.from(newest.codeHash));
  const change = { tries: tries + 1, ...(isRight && { usedAt: now }) };
  await sql.updateTable('one_time_code').set(change).where('id', '=', id).execute();
  return isRight ? 'used' : MAX_CODE_TRIES - tries - 1;
}
