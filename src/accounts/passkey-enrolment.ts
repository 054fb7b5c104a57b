import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { offerPasskey, registerPasskey } from '../identity/passkey-registration.ts';
import { deletePasskey, listPasskeys } from '../identity/passkeys.ts';
import { Problem } from '../shared/problem.ts';
import { mailSecurity } from './account-mails.ts';
import type { AccountProof } from './account-proof.ts';
import { changeAccount } from './change-account.ts';
import {
  lockEnrolling,
  ownName,
  recordEnrolment,
  refuseLastFactor,
  replaceRecoveryCodes,
  type Enrolled,
  type EnrolmentRight,
} from './enrolment.ts';
import { passkeySiteOf } from './passkey-site.ts';
import { findFactors, hasFactor } from './sign-in-step.ts';

/** Begins the registration of a passkey: options for the browser. @throws Problem `token-invalid`, `step-up-required` */
export async function startPasskeyEnrolment(deps: Deps, right: EnrolmentRight) {
  return await inTransaction(deps, async (tx) => {
    const { id, audience, email, displayName } = await lockEnrolling(tx, right);
    const holder = { owner: { kind: 'account', id }, userName: email, displayName } as const;
    return offerPasskey(tx, passkeySiteOf(tx.config, audience), holder);
  });
}

/**
 * Registers a passkey by the browser's response.
 * @throws Problem `token-invalid`, `step-up-required`, `invalid-request` for a name that is none, `second-factor-refused`
 */
export async function finishPasskeyEnrolment(
  deps: Deps,
  right: EnrolmentRight,
  { label, response }: { readonly label: string; readonly response: RegistrationResponseJSON },
): Promise<Enrolled> {
  return await inTransaction(deps, async (tx) => {
    const account = await lockEnrolling(tx, right);
    const owner = { kind: 'account', id: account.id } as const;
    const isFirst = !hasFactor(await findFactors(tx, account.id));
    const site = passkeySiteOf(tx.config, account.audience);
    if (!(await registerPasskey(tx, site, { owner, label, response })))
      throw new Problem('second-factor-refused');
    return recordEnrolment(tx, account, { factor: 'passkey', isFirst });
  });
}

/** One's own passkeys. `credentialId` names one and opens nothing. */
export async function listOwnPasskeys(deps: Deps, { accountId }: AccountProof) {
  return await listPasskeys(deps, { kind: 'account', id: accountId });
}

/**
 * Removes one of one's own passkeys; not the last factor of an account that needs one. Sessions end; this one continues with the
 * returned proof.
 * @throws Problem `step-up-required`, `token-invalid`, `second-factor-missing` when it is not one's own, `illegal-state` for the last one
 */
export async function removePasskey(
  deps: Deps,
  proof: AccountProof,
  { credentialId }: { readonly credentialId: string },
): Promise<AccountProof> {
  return await inTransaction(deps, async (tx) => {
    const account = await lockEnrolling(tx, { proof });
    const owner = { kind: 'account', id: account.id } as const;
    if (!(await deletePasskey(tx, owner, credentialId))) throw new Problem('second-factor-missing');
    await refuseLastFactor(tx, account);
    const act = { actor: ownName(account), action: 'account.remove-factor' } as const;
    const facts = { factor: 'passkey' };
    const credentialVersion = await changeAccount(tx, account, {}, { ...act, facts });
    await mailSecurity(tx, account, 'passkey-removed');
    return { ...proof, credentialVersion };
  });
}

/**
 * Ten new recovery codes, shown once; the earlier ones are worthless.
 * @throws Problem `step-up-required`, `token-invalid`, `second-factor-missing` without a factor that they could replace
 */
export async function renewRecoveryCodes(deps: Deps, proof: AccountProof): Promise<readonly string[]> {
  return await inTransaction(deps, async (tx) => {
    const account = await lockEnrolling(tx, { proof });
    if (!hasFactor(await findFactors(tx, account.id))) throw new Problem('second-factor-missing');
    const codes = await replaceRecoveryCodes(tx, account.id);
    await mailSecurity(tx, account, 'recovery-codes-renewed');
    return codes;
  });
}
