import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { MAX_PASSWORD_LENGTH } from '../identity/password.rules.ts';
import { verifyPassword } from '../identity/passwords.ts';
import { Problem } from '../shared/problem.ts';
import { mailSecurity } from './account-mails.ts';
import { findSignedIn, type AccountProof } from './account-proof.ts';
import { lockAccount } from './account.queries.ts';
import { attempt, claimedSubject } from './attempts.ts';
import { changeAccount } from './change-account.ts';
import { ownName } from './enrolment.ts';
import { prepareAccountPassword } from './prepare-account-password.ts';

interface ChangePassword {
  readonly current: string;
  readonly password: string;
  /** The browser's address. */
  readonly source: string;
}

/**
 * Changes a signed-in person's password by the current one. All sessions end; this one continues with the returned proof, under a
 * new identifier.
 * @throws Problem `sign-in-refused` for a wrong current password, `sign-in-locked`, `password-not-permitted`, `token-invalid` for a
 * session that has ended
 */
export async function changePassword(
  deps: Deps,
  proof: AccountProof,
  { current, password, source }: ChangePassword,
): Promise<AccountProof> {
  const account = await findSignedIn(deps, proof);
  if (!account) throw new Problem('token-invalid');
  const { audience, email } = account;
  const what = { step: 'password', subject: claimedSubject(audience, email), source } as const;
  await attempt(deps, what, async () => {
    const isProven = await verifyPassword(current.slice(0, MAX_PASSWORD_LENGTH + 1), account.passwordHash);
    if (!isProven) throw new Problem('sign-in-refused', { detail: 'The current password is wrong.' });
  });
  const passwordHash = await prepareAccountPassword(deps.config, account, password);
  return await inTransaction(deps, async (tx) => {
    const locked = await lockAccount(tx, account.id);
    if (locked?.state !== 'active' || locked.credentialVersion !== proof.credentialVersion)
      throw new Problem('token-invalid');
    const act = { actor: ownName(locked), action: 'account.change-password' } as const;
    const credentialVersion = await changeAccount(tx, locked, { passwordHash }, act);
    await mailSecurity(tx, locked, 'password-changed', { address: source });
    return { ...proof, credentialVersion };
  });
}
