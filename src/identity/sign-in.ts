import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { isIssuedId, normaliseIssuedId } from './issued-id.rules.ts';
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts';
import { MAX_PASSWORD_LENGTH } from './password.rules.ts';
import { reserveAttempt, recordSuccessfulAttempt, type LockKey } from './sign-in-lock.ts';
import { sourceKeyOf } from './source-key.rules.ts';
import { findByIssuedId, type SignedInSubscriber } from './subscriber.queries.ts';

interface SignIn {
  /** As typed. */
  readonly issuedId: string;
  readonly password: string;
  /** The browser's address. */
  readonly source: string;
  /**
   * Called with the subscriber of the ID while the password is verified, to begin what takes time. Its result must not show
   * before the password is proven.
   */
  readonly meanwhile?: ((found: SignedInSubscriber) => void) | undefined;
  /** Also proves people of a former tenure of the line (`former`), who read what was theirs after a further proof. */
  readonly admitsFormer?: true;
}

/** Longer than any ID; longer input is neither hashed nor looked up. */
const MAX_ID_LENGTH = 64;

/**
 * Proves the person by issued ID and password. Every refusal looks the same from outside and takes the same time: unknown
 * ID, wrong password, no password yet, ended ID, line ended or held by another person, unless `admitsFormer`.
 * @throws Problem `issued-id-mistyped` when the check digit is wrong, which counts as no attempt; `sign-in-refused` with
 *   `tries_left`, the same for IDs that do not exist; `sign-in-locked` with `retry_after_seconds` after too many failures of the
 *   ID or the source; `service-unavailable` when too many sign in at once.
 */
export async function signIn(deps: Deps, input: SignIn): Promise<SignedInSubscriber> {
  const issuedId = normaliseIssuedId(input.issuedId.slice(0, MAX_ID_LENGTH));
  if (!isIssuedId(issuedId)) throw new Problem('issued-id-mistyped');
  const password = input.password.slice(0, MAX_PASSWORD_LENGTH + 1);
  const keys: readonly LockKey[] = [
    { scope: 'id', key: issuedId },
    { scope: 'source', key: sourceKeyOf(input.source) },
  ];
  const left = await reserveAttempt(deps, keys);
  const found = await findByIssuedId(deps, issuedId);
  if (found?.isEntitled) input.meanwhile?.(found);
  const isProven = await verifyPassword(password, found?.passwordHash);
  const isAdmitted = found?.isEntitled || (input.admitsFormer && found?.former);
  if (!found || !isProven || !isAdmitted)
    throw new Problem('sign-in-refused', { facts: { tries_left: left } });
  await recordSuccessfulAttempt(deps, keys);
  return renewHash(deps, found, password);
}

/** Replaces an older, cheaper hash: the password is known only now. */
async function renewHash(
  deps: Deps,
  found: SignedInSubscriber,
  password: string,
): Promise<SignedInSubscriber> {
  const { id, passwordHash: outdated } = found;
  if (outdated === null || !needsRehash(outdated)) return found;
  const passwordHash = await hashPassword(password);
  await inTransaction(deps, async (tx) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('subscriber')
      .set({ passwordHash })
      .where('id', '=', id)
      .where('passwordHash', '=', outdated)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    const actor = `subscriber:${id}`;
    const changed = { table: 'subscriber', key: [id] } as const;
    await recordAudit(tx, { actor, action: 'subscriber.renew-hash', subject: actor, changed });
  });
  return { ...found, passwordHash };
}
