import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { mailSecurity } from './account-mails.ts';
import type { AccountProof } from './account-proof.ts';
import { changeAccount } from './change-account.ts';
import { lockEnrolling, ownName, refuseLastFactor } from './enrolment.ts';

/**
 * Removes one's own authenticator app; not the last factor of an account that needs one. Sessions end; this one continues with the
 * returned proof.
 * @throws Problem `step-up-required`, `token-invalid`, `second-factor-missing` without one, `illegal-state` for the last factor
 */
export async function removeAuthenticator(deps: Deps, proof: AccountProof): Promise<AccountProof> {
  return await inTransaction(deps, async (tx) => {
    const account = await lockEnrolling(tx, { proof });
    const { numDeletedRows } = await sqlOf(tx.em)
      .deleteFrom('account_totp')
      .where('accountId', '=', account.id)
      .where('confirmedAt', 'is not', null)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Problem('second-factor-missing');
    await refuseLastFactor(tx, account);
    const act = {
      actor: ownName(account),
      action: 'account.remove-factor',
      facts: { factor: 'totp' },
    } as const;
    const credentialVersion = await changeAccount(tx, account, {}, act);
    await mailSecurity(tx, account, 'authenticator-removed');
    return { ...proof, credentialVersion };
  });
}
