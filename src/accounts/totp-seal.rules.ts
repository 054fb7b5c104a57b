import type { SealContext } from '../identity/sealed-secret.ts';

/** The seed of an account's authenticator app is encrypted for this account alone. */
export function totpSeal(accountId: number): SealContext {
  return { purpose: 'seeds of authenticator apps', owner: `account:${accountId}` };
}
