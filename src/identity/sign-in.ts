import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { hashPassword, isOutgrown, verifyPassword } from './passwords.ts';
import { MAX_PASSWORD_LENGTH } from './password.rules.ts';
import { reserveAttempt, settleAttempt, type LockKey } from './sign-in-lock.ts';
import { sourceKeyOf } from './source-key.rules.ts';
import { findByIssuedId, type SignedInSubscriber } from './subscriber.queries.ts';

interface SignIn {
  /** As typed. */
  readonly issuedId: string;
  readonly password: string;
  /** The address of the browser. */
  readonly source: string;
}

/** Longer than any ID; what is longer is not hashed or looked up as such. */
const MAX_ID_LENGTH = 64;

/**
 * Proves the person: issued ID and password. Every reason to refuse looks the same from outside and takes the
 * same time: unknown ID, wrong password, no password yet, ended ID, line gone or held by somebody else.
 * @throws Problem `sign-in-refused`; `sign-in-locked` with `retry_after_seconds` after too many failures of the
 *   ID or the source; `service-unavailable` when too many sign in at once.
 */
export async function signIn(deps: Deps, input: SignIn): Promise<SignedInSubscriber> {
  const issuedId = normaliseIssuedId(input.issuedId.slice(0, MAX_ID_LENGTH));
  const password = input.password.slice(0, MAX_PASSWORD_LENGTH + 1);
  const keys: readonly LockKey[] = [
    { scope: 'id', key: issuedId },
    { scope: 'source', key: sourceKeyOf(input.source) },
  ];
  await reserveAttempt(deps, keys);
  const standing = await findByIssuedId(deps, issuedId);
  const isProven = await verifyPassword(password, standing?.passwordHash);
  if (!standing || !isProven || !standing.isEntitled) throw new Problem('sign-in-refused');
  await settleAttempt(deps, keys);
  return renewHash(deps, standing, password);
}

/** A hash from when hashes were cheaper is replaced now, the only moment at which the password is known. */
async function renewHash(
  deps: Deps,
  standing: SignedInSubscriber,
  password: string,
): Promise<SignedInSubscriber> {
  const { id, passwordHash: outgrown } = standing;
  if (outgrown === null || !isOutgrown(outgrown)) return standing;
  const passwordHash = await hashPassword(password);
  await inTransaction(deps, async (tx) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('subscriber')
      .set({ passwordHash })
      .where('id', '=', id)
      .where('passwordHash', '=', outgrown)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    const actor = `subscriber:${id}`;
    const changed = { table: 'subscriber', key: [id] } as const;
    await recordAudit(tx, { actor, action: 'subscriber.renew-hash', subject: actor, changed });
  });
  return { ...standing, passwordHash };
}
