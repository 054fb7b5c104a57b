import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findToken, useToken } from '../identity/one-time-tokens.ts';
import { Problem } from '../shared/problem.ts';
import { findAccount, lockAccount, type AccountRow } from './account.queries.ts';
import { assertAccountTransition } from './account.rules.ts';
import { changeAccount } from './change-account.ts';
import { ownName } from './enrolment.ts';
import { prepareAccountPassword } from './prepare-account-password.ts';
import { determineNextStep, type SignInStep } from './sign-in-step.ts';

/** Whom a link invites, for its page. @throws Problem `token-invalid` */
export async function findInvited(
  deps: Deps,
  { token }: { readonly token: string },
): Promise<Pick<AccountRow, 'audience' | 'companyCode' | 'email' | 'displayName' | 'language'>> {
  const { audience, companyCode, email, displayName, language } = await findByLink(deps, token);
  return { audience, companyCode, email, displayName, language };
}

/**
 * Accepts an invitation with a password of one's own; usually a factor comes next. Of two who open a link at once, one accepts.
 * @throws Problem `token-invalid`, `password-not-permitted`; then the link still works
 */
export async function acceptInvitation(
  deps: Deps,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<SignInStep> {
  const invited = await findByLink(deps, token);
  const passwordHash = await prepareAccountPassword(deps.config, invited, password);
  return await inTransaction(deps, async (tx) => {
    const account = await lockAccount(tx, invited.id);
    if (account?.state !== 'invited' || !(await useToken(tx, 'invitation', token)))
      throw new Problem('token-invalid');
    assertAccountTransition(account.state, 'active');
    const activatedAt = account.activatedAt ?? tx.clock.now();
    const act = { actor: ownName(account), action: 'account.accept' } as const;
    const values = { state: 'active', passwordHash, activatedAt } as const;
    const credentialVersion = await changeAccount(tx, account, values, act);
    return determineNextStep(tx, { ...account, credentialVersion });
  });
}

async function findByLink(deps: Deps, token: string): Promise<AccountRow> {
  const found = await findToken(deps, 'invitation', token);
  const account = found?.ownerId ? await findAccount(deps, found.ownerId) : undefined;
  if (account?.state !== 'invited') throw new Problem('token-invalid');
  return account;
}
