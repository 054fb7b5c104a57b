import { accountReference } from '../access/account-reference.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { MAX_PASSWORD_LENGTH } from '../identity/password.rules.ts';
import { hashPassword, needsRehash, verifyPassword } from '../identity/passwords.ts';
import { Problem } from '../shared/problem.ts';
import { findAccountByEmail, type AccountRow } from './account.queries.ts';
import type { AccountAudience } from './account.rules.ts';
import { attempt, claimedSubject } from './attempts.ts';
import { accountSubject } from './change-account.ts';
import { determineNextStep, type SignInStep } from './sign-in-step.ts';

interface PasswordSignIn {
  readonly audience: AccountAudience;
  readonly email: string;
  readonly password: string;
  /** The browser's address. */
  readonly source: string;
}

/** Longer than any address; longer input is neither hashed nor looked up. */
const MAX_EMAIL_LENGTH = 254;

/**
 * The first half of signing in. Every refusal looks the same and takes the same time: unknown address, wrong password,
 * invited, suspended. What is next is said after a right password alone.
 * @throws Problem `sign-in-refused`, `sign-in-locked` with `retry_after_seconds`, `service-unavailable`
 */
export async function startPasswordSignIn(deps: Deps, input: PasswordSignIn): Promise<SignInStep> {
  const { audience, source } = input;
  const email = input.email.slice(0, MAX_EMAIL_LENGTH);
  const password = input.password.slice(0, MAX_PASSWORD_LENGTH + 1);
  const what = { step: 'password', subject: claimedSubject(audience, email), source } as const;
  const account = await attempt(deps, what, () => provePassword(deps, { audience, email, password }));
  await renewHash(deps, account, password);
  return await determineNextStep(deps, account);
}

/** @throws Problem `sign-in-refused` */
async function provePassword(
  deps: Deps,
  { audience, email, password }: Pick<PasswordSignIn, 'audience' | 'email' | 'password'>,
): Promise<AccountRow> {
  const found = await findAccountByEmail(deps, { audience, email });
  const isProven = await verifyPassword(password, found?.passwordHash);
  if (found && isProven && found.state === 'active') return found;
  throw new Problem('sign-in-refused', { detail: 'The e-mail address or the password is wrong.' });
}

/** Replaces an older, cheaper hash: the password is known only now. Sessions stay, because the password does. */
async function renewHash(
  deps: Deps,
  { id, passwordHash: outdated }: AccountRow,
  password: string,
): Promise<void> {
  if (outdated === null || !needsRehash(outdated)) return;
  const passwordHash = await hashPassword(password);
  await inTransaction(deps, async (tx) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('account')
      .set({ passwordHash })
      .where('id', '=', id)
      .where('passwordHash', '=', outdated)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    const changed = { table: 'account', key: [id] } as const;
    const actor = `account:${accountReference(id)}`;
    await recordAudit(tx, { actor, action: 'account.renew-hash', subject: accountSubject(id), changed });
  });
}
