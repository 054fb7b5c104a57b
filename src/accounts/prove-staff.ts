import type { StaffActor } from '../access/actor.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findSignedIn } from './account-proof.ts';
import { findAccountByEmail } from './account.queries.ts';
import { attempt, knownSubject } from './attempts.ts';
import { proveBySecondFactor, useTotpCode } from './second-factor.ts';
import { findFactors } from './sign-in-step.ts';

interface TypedProof {
  readonly email: string;
  /** Asks for the code of the authenticator app: only once it is known that there is one. */
  readCode(): Promise<string>;
}

/**
 * The person of the carrier who types a command: named by the address of an account, proven by a code of its authenticator app, which
 * is used up. Guesses count together with those on pages.
 * @throws Problem `account-not-found`, `second-factor-missing`, `second-factor-refused`, `sign-in-locked`
 */
export async function proveStaff(deps: Deps, { email, readCode }: TypedProof): Promise<StaffActor> {
  const account = await findAccountByEmail(deps, { audience: 'staff', email });
  if (account?.state !== 'active') {
    const detail = `No active account of the carrier has the address ${email}.`;
    throw new Problem('account-not-found', { detail });
  }
  const { totp } = await findFactors(deps, account.id);
  if (!totp) {
    const detail = 'A command takes the code of an authenticator app, and the account has none.';
    throw new Problem('second-factor-missing', { detail });
  }
  const code = await readCode();
  const what = { step: 'second-factor', subject: knownSubject(account.id), source: undefined } as const;
  const proof = await attempt(deps, what, () =>
    inTransaction(deps, (tx) =>
      proveBySecondFactor(tx, account.id, (_, { id }) => useTotpCode(tx, id, code)),
    ),
  );
  // Read again: a person may sit before the prompt for a while, and lose a role meanwhile.
  const signedIn = await findSignedIn(deps, proof);
  if (signedIn?.actor.kind !== 'staff') throw new Problem('second-factor-refused');
  return signedIn.actor;
}
