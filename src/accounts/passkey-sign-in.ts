import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findToken } from '../identity/one-time-tokens.ts';
import { askForPasskey, provePasskey } from '../identity/passkey-proof.ts';
import { Problem } from '../shared/problem.ts';
import { findAccount } from './account.queries.ts';
import type { AccountProof } from './account-proof.ts';
import type { AccountAudience } from './account.rules.ts';
import { passkeySiteOf } from './passkey-site.ts';
import { finishSignIn, type ProveFactor } from './second-factor.ts';
import { stepUp } from './step-up.ts';

interface PasskeyResponse {
  readonly response: AuthenticationResponseJSON;
  /** The browser's address. */
  readonly source: string;
}

/**
 * Begins the second half of signing in by passkey: options for the browser, which ask for the passkeys of the account alone.
 * @throws Problem `token-invalid`
 */
export async function startPasskeySignIn(deps: Deps, { ticket }: { readonly ticket: string }) {
  const token = await findToken(deps, 'second-factor', ticket);
  const account = token?.ownerId ? await findAccount(deps, token.ownerId) : undefined;
  if (!account) throw new Problem('token-invalid');
  return await askAccount(deps, account);
}

/**
 * The second half of signing in, by passkey.
 * @throws Problem `token-invalid`, `second-factor-refused`, `sign-in-locked`
 */
export async function finishPasskeySignIn(
  deps: Deps,
  { ticket, response, source }: PasskeyResponse & { readonly ticket: string },
): Promise<AccountProof> {
  return await finishSignIn(deps, { ticket, source }, byPasskey(response));
}

/** Begins a step-up by passkey. @throws Problem `token-invalid` */
export async function startPasskeyStepUp(deps: Deps, proof: AccountProof) {
  const account = await findAccount(deps, proof.accountId);
  if (!account) throw new Problem('token-invalid');
  return await askAccount(deps, account);
}

/**
 * Renews the second factor of a session by passkey; the session continues with the returned proof, under a new identifier.
 * @throws Problem `second-factor-refused`, `sign-in-locked`, `token-invalid`
 */
export async function stepUpWithPasskey(
  deps: Deps,
  proof: AccountProof,
  { response, source }: PasskeyResponse,
): Promise<AccountProof> {
  return await stepUp(deps, proof, { source, prove: byPasskey(response) });
}

function askAccount(
  deps: Deps,
  { id, audience }: { readonly id: number; readonly audience: AccountAudience },
) {
  const owner = { kind: 'account', id } as const;
  return inTransaction(deps, (tx) => askForPasskey(tx, passkeySiteOf(tx.config, audience), owner));
}

function byPasskey(response: AuthenticationResponseJSON): ProveFactor {
  return async (tx, { id, audience }) => {
    const owner = { kind: 'account', id } as const;
    return (await provePasskey(tx, passkeySiteOf(tx.config, audience), { response, owner })) !== undefined;
  };
}
