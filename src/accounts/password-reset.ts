import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findToken, issueToken, useToken, withdrawTokens } from '../identity/one-time-tokens.ts';
import { Problem } from '../shared/problem.ts';
import { mailPasswordReset, mailSecurity } from './account-mails.ts';
import { findAccount, findAccountByEmail, lockAccount } from './account.queries.ts';
import type { AccountAudience } from './account.rules.ts';
import { claimedSubject, countAttempt } from './attempts.ts';
import { changeAccount } from './change-account.ts';
import { ownName } from './enrolment.ts';
import { RESET_LIFE_MS } from './invitation-link.ts';
import { prepareAccountPassword } from './prepare-account-password.ts';
import { determineNextStep, type SignInStep } from './sign-in-step.ts';

interface ResetRequest {
  readonly audience: AccountAudience;
  readonly email: string;
  /** The browser's address. */
  readonly source: string;
  /** What the browser calls itself. */
  readonly userAgent?: string | undefined;
}

/** No account has this number: the statements for an unknown address are those for a known one. */
const NOBODY = 0;

/**
 * Sends a link for a new password to an active account's address. The page answers the same for any address, and the same
 * statements run: nobody learns from it who has an account. Five requests in a quarter of an hour are taken.
 * @throws Problem `sign-in-locked`, for unknown addresses too
 */
export async function requestPasswordReset(
  deps: Deps,
  { audience, email: typed, source, userAgent }: ResetRequest,
): Promise<void> {
  const email = typed.slice(0, 254);
  const subject = claimedSubject(audience, email);
  await countAttempt(deps, { step: 'password-reset', subject, source });
  await inTransaction(deps, async (tx) => {
    const account = await findAccountByEmail(tx, { audience, email });
    if (account?.state === 'active') await mailPasswordReset(tx, account, { address: source, userAgent });
    else await mailNobody(tx);
  });
}

/** As many statements as a mail with a link takes, each as long. */
async function mailNobody(tx: InTransaction<Deps>): Promise<void> {
  await withdrawTokens(tx, { kind: 'account', id: NOBODY }, ['password-reset']);
  await issueToken(tx, { kind: 'no-account', owner: undefined, lifeMs: RESET_LIFE_MS });
  await findToken(tx, 'no-account', '');
  await issueToken(tx, { kind: 'no-account', owner: undefined, lifeMs: RESET_LIFE_MS });
}

interface Reset {
  /** Whose site it is: the link of another site opens nothing here. */
  readonly audience: AccountAudience;
  readonly token: string;
  readonly password: string;
}

/**
 * Sets a new password by the link of a mail. All sessions end. It proves the mailbox and nothing else: the second factor is asked
 * for as at any sign-in.
 * @throws Problem `token-invalid`, `password-not-permitted`; then the link still works
 */
export async function resetPassword(deps: Deps, { audience, token, password }: Reset): Promise<SignInStep> {
  const found = await findToken(deps, 'password-reset', token);
  const known = found?.ownerId ? await findAccount(deps, found.ownerId) : undefined;
  if (known?.state !== 'active' || known.audience !== audience) throw new Problem('token-invalid');
  const passwordHash = await prepareAccountPassword(deps.config, known, password);
  return await inTransaction(deps, async (tx) => {
    const account = await lockAccount(tx, known.id);
    if (account?.state !== 'active' || !(await useToken(tx, 'password-reset', token)))
      throw new Problem('token-invalid');
    const act = { actor: ownName(account), action: 'account.reset-password' } as const;
    const credentialVersion = await changeAccount(tx, account, { passwordHash }, act);
    await mailSecurity(tx, account, 'password-changed');
    return determineNextStep(tx, { ...account, credentialVersion });
  });
}
