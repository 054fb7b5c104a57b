import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findSignedIn, type AccountProof } from './account-proof.ts';
import { attempt, knownSubject } from './attempts.ts';
import { proveBySecondFactor, useTotpCode, type ProveFactor } from './second-factor.ts';

interface TypedCode {
  readonly code: string;
  /** The browser's address. */
  readonly source: string;
}

/**
 * Renews the second factor of a session by the code of an authenticator app; the session continues with the returned proof, under
 * a new identifier.
 * @throws Problem `second-factor-refused`, `sign-in-locked`, `token-invalid` for a session that has ended
 */
export async function stepUpWithTotp(
  deps: Deps,
  proof: AccountProof,
  { code, source }: TypedCode,
): Promise<AccountProof> {
  return await stepUp(deps, proof, { source, prove: (tx, { id }) => useTotpCode(tx, id, code) });
}

/** Renews the second factor of a session by any of its factors. */
export async function stepUp(
  deps: Deps,
  proof: AccountProof,
  { source, prove }: { readonly source: string; readonly prove: ProveFactor },
): Promise<AccountProof> {
  const account = await findSignedIn(deps, proof);
  if (!account) throw new Problem('token-invalid');
  const what = { step: 'second-factor', subject: knownSubject(account.id), source } as const;
  return await attempt(deps, what, () =>
    inTransaction(deps, (tx) => proveBySecondFactor(tx, account.id, prove)),
  );
}
