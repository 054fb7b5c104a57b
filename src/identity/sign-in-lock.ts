import { createHmac } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import {
  countAttempt,
  LOCK_POLICIES,
  lockedUntil,
  takeBackAttempt,
  type FailureCount,
  type LockScope,
} from './sign-in-lock.rules.ts';

/** An ID or a source as it was given; only its hash reaches the database. */
export interface LockKey {
  readonly scope: LockScope;
  readonly key: string;
}

/**
 * Counts an attempt to sign in against the ID and the source before the password is looked at, in a
 * transaction of its own that is over by then.
 * @throws Problem `sign-in-locked` when one of them is locked; then nothing is counted.
 */
export async function reserveAttempt(deps: Deps, keys: readonly LockKey[]): Promise<void> {
  const now = deps.clock.now();
  await inTransaction(deps, async (tx) => {
    for (const key of inLockOrder(keys)) {
      const count = await lockCount(tx, key);
      const until = lockedUntil(count, now);
      if (until) throw lockedProblem(until, now);
      await storeCount(tx, key, countAttempt(count, now, LOCK_POLICIES[key.scope]));
    }
  });
}

/** Takes back what `reserveAttempt` counted for a sign-in that went well: the ID starts anew, the source loses this one. */
export async function settleAttempt(deps: Deps, keys: readonly LockKey[]): Promise<void> {
  await inTransaction(deps, async (tx) => {
    for (const key of inLockOrder(keys)) {
      if (key.scope === 'id') await clearFailures(tx, key);
      else await storeCount(tx, key, takeBackAttempt(await lockCount(tx, key), LOCK_POLICIES[key.scope]));
    }
  });
}

/** Forgets the failures of an ID or a source, and with them its lock. */
export async function clearFailures(tx: InTransaction<Deps>, key: LockKey): Promise<void> {
  await sqlOf(tx.em)
    .deleteFrom('sign_in_failure')
    .where('scope', '=', key.scope)
    .where('keyHash', '=', hashOf(tx, key))
    .execute();
}

/** IDs before sources, always: two sign-ins that meet then wait for each other only one way. */
function inLockOrder(keys: readonly LockKey[]): LockKey[] {
  return keys.toSorted((one, other) => one.scope.localeCompare(other.scope));
}

/** Makes sure of the row and locks it in the same statement; a shared lock first would invite deadlocks. */
async function lockCount(tx: InTransaction<Deps>, key: LockKey): Promise<FailureCount> {
  const { scope } = key;
  const keyHash = hashOf(tx, key);
  const sql = sqlOf(tx.em);
  await sql
    .insertInto('sign_in_failure')
    .values({ scope, keyHash, failures: 0, firstFailedAt: tx.clock.now(), lockedUntil: null })
    .onDuplicateKeyUpdate({ scope })
    .execute();
  return sql
    .selectFrom('sign_in_failure')
    .select(['failures', 'firstFailedAt', 'lockedUntil'])
    .where('scope', '=', scope)
    .where('keyHash', '=', keyHash)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

async function storeCount(tx: InTransaction<Deps>, key: LockKey, count: FailureCount): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('sign_in_failure')
    .set({ ...count })
    .where('scope', '=', key.scope)
    .where('keyHash', '=', hashOf(tx, key))
    .execute();
}

/** Keyed with the service's secret: the few billion IDs and addresses there are could be hashed through otherwise. */
function hashOf({ config }: Deps, { scope, key }: LockKey): string {
  return createHmac('sha256', config.secret).update(`sign-in:${scope}:${key}`).digest('hex');
}

function lockedProblem(until: Date, now: Date): Problem {
  const retryAfterSeconds = Math.ceil((until.getTime() - now.getTime()) / 1_000);
  return new Problem('sign-in-locked', { facts: { retry_after_seconds: retryAfterSeconds } });
}
