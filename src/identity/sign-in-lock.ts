import { createHmac } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import {
  countAttempt,
  heldUntil,
  HOLD_FAILURES,
  LOCK_POLICIES,
  lockedUntil,
  removeAttempt,
  triesLeft,
  type FailureCount,
  type LockScope,
} from './sign-in-lock.rules.ts';

/** An ID or a source; only its hash is stored. */
export interface LockKey {
  readonly scope: LockScope;
  readonly key: string;
}

/**
 * Counts an attempt to sign in against the ID and the source before the password is verified, in a transaction of its
 * own. Returns how many more attempts may fail before one of them is locked, which does not depend on whether the ID exists.
 * @throws Problem `sign-in-locked` when one of them is locked; nothing is then counted.
 */
export async function reserveAttempt(deps: Deps, keys: readonly LockKey[]): Promise<number> {
  const now = deps.clock.now();
  return inTransaction(deps, async (tx) => {
    let left = Infinity;
    for (const key of inLockOrder(keys)) {
      const count = await lockCount(tx, key);
      const until = lockedUntil(count, now);
      if (until) throw lockedProblem(until, now);
      const counted = countAttempt(count, now, LOCK_POLICIES[key.scope]);
      await storeCount(tx, key, counted);
      left = Math.min(left, triesLeft(counted, LOCK_POLICIES[key.scope]));
    }
    return left;
  });
}

/** After a successful sign-in: resets the ID's failures and removes this attempt from the source's count. */
export async function recordSuccessfulAttempt(deps: Deps, keys: readonly LockKey[]): Promise<void> {
  await inTransaction(deps, async (tx) => {
    for (const key of inLockOrder(keys)) {
      if (key.scope === 'id') await clearOwnFailures(tx, key);
      else await storeCount(tx, key, removeAttempt(await lockCount(tx, key), LOCK_POLICIES[key.scope]));
    }
  });
}

/**
 * Removes the failures of an ID after its person has proven themselves; a hold of the support centre stays.
 * @throws Problem `sign-in-locked` when it was held meanwhile
 */
export async function clearOwnFailures(tx: InTransaction<Deps>, key: LockKey): Promise<void> {
  const { numDeletedRows } = await sqlOf(tx.em)
    .deleteFrom('sign_in_failure')
    .where('scope', '=', key.scope)
    .where('keyHash', '=', hashOf(tx, key))
    .where('failures', '<', HOLD_FAILURES)
    .executeTakeFirst();
  // Nothing was there to remove: another success was first, or the ID is held.
  if (numDeletedRows === 0n) await assertNotHeld(tx, key);
}

/** @throws Problem `sign-in-locked` when the support centre holds the ID */
export async function assertNotHeld(deps: Deps, key: LockKey): Promise<void> {
  const now = deps.clock.now();
  const count = await findFailures(deps, key);
  const until = count && heldUntil(count, now);
  if (until) throw lockedProblem(until, now);
}

/** What is counted against an ID or a source; undefined for nothing. */
export async function findFailures(deps: Deps, key: LockKey): Promise<FailureCount | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('sign_in_failure')
    .select(['failures', 'firstFailedAt', 'lockedUntil'])
    .where('scope', '=', key.scope)
    .where('keyHash', '=', hashOf(deps, key))
    .executeTakeFirst();
}

/** Sets the count of an ID, whatever it was. Returns what it was. */
export async function replaceFailures(
  tx: InTransaction<Deps>,
  key: LockKey,
  count: FailureCount,
): Promise<FailureCount> {
  const before = await lockCount(tx, key);
  await storeCount(tx, key, count);
  return before;
}

/** Removes the failures of an ID or a source, and with them its lock and a hold. */
export async function clearFailures(tx: InTransaction<Deps>, key: LockKey): Promise<void> {
  await sqlOf(tx.em)
    .deleteFrom('sign_in_failure')
    .where('scope', '=', key.scope)
    .where('keyHash', '=', hashOf(tx, key))
    .execute();
}

/** IDs before sources, always: two concurrent sign-ins then cannot deadlock. */
function inLockOrder(keys: readonly LockKey[]): LockKey[] {
  return keys.toSorted((one, other) => one.scope.localeCompare(other.scope));
}

/** Inserts the row if it is missing and locks it in the same statement; a shared lock first could cause deadlocks. */
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

/** A keyed hash with the service's secret: without a key, all of the few billion IDs and addresses could be tried. */
function hashOf({ config }: Deps, { scope, key }: LockKey): string {
  return createHmac('sha256', config.secret).update(`sign-in:${scope}:${key}`).digest('hex');
}

function lockedProblem(until: Date, now: Date): Problem {
  const retryAfterSeconds = Math.ceil((until.getTime() - now.getTime()) / 1_000);
  return new Problem('sign-in-locked', { facts: { retry_after_seconds: retryAfterSeconds } });
}
