import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { issueToken } from '../identity/one-time-tokens.ts';
import type { AccountRow } from './account.queries.ts';
import type { AccountProof } from './account-proof.ts';

/** How long a person has for the second half of signing in. */
const SECOND_FACTOR_LIFE_MS = 10 * 60_000;
/** How long a person has to register a first factor. */
const ENROLMENT_LIFE_MS = 30 * 60_000;

/** The second factors that an account has. */
export interface FactorsOfAccount {
  readonly totp: boolean;
  readonly passkeys: number;
  readonly recoveryCodes: number;
}

/** What a proven password leads to. A ticket works once; it opens the next step and nothing else. */
export type SignInStep =
  /** The page starts a session under a new identifier with this proof. */
  | { readonly step: 'signed-in'; readonly proof: AccountProof }
  | { readonly step: 'second-factor'; readonly ticket: string; readonly factors: FactorsOfAccount }
  /** A factor is compulsory and missing: it has to be registered first. */
  | { readonly step: 'enrolment'; readonly ticket: string };

export async function findFactors(deps: Deps, accountId: number): Promise<FactorsOfAccount> {
  const sql = sqlOf(emOf(deps));
  const totp = await sql
    .selectFrom('account_totp')
    .select('confirmedAt')
    .where('accountId', '=', accountId)
    .executeTakeFirst();
  const passkeys = await sql
    .selectFrom('passkey')
    .select('credentialId')
    .where('ownerKind', '=', 'account')
    .where('ownerId', '=', accountId)
    .execute();
  const codes = await sql
    .selectFrom('account_recovery_code')
    .select('codeHash')
    .where('accountId', '=', accountId)
    .where('usedAt', 'is', null)
    .execute();
  const hasTotp = (totp?.confirmedAt ?? null) !== null;
  return { totp: hasTotp, passkeys: passkeys.length, recoveryCodes: codes.length };
}

/** Whether an account has a factor that it can always use; recovery codes come with one. */
export function hasFactor({ totp, passkeys }: FactorsOfAccount): boolean {
  return totp || passkeys > 0;
}

/** Compulsory for staff; for companies unless their contract says otherwise. */
export function needsSecondFactor({
  audience,
  requiredByCompany,
}: Pick<AccountRow, 'audience' | 'requiredByCompany'>): boolean {
  return audience === 'staff' || Boolean(requiredByCompany);
}

/** What a person who has proven the password does next. */
export async function determineNextStep(deps: Deps, account: AccountRow): Promise<SignInStep> {
  const { id: accountId, credentialVersion } = account;
  const owner = { kind: 'account', id: accountId } as const;
  const factors = await findFactors(deps, accountId);
  if (hasFactor(factors)) {
    const token = { kind: 'second-factor', owner, lifeMs: SECOND_FACTOR_LIFE_MS } as const;
    return {
      step: 'second-factor',
      ticket: await inTransaction(deps, (tx) => issueToken(tx, token)),
      factors,
    };
  }
  if (needsSecondFactor(account)) {
    const token = { kind: 'enrolment', owner, lifeMs: ENROLMENT_LIFE_MS } as const;
    return { step: 'enrolment', ticket: await inTransaction(deps, (tx) => issueToken(tx, token)) };
  }
  return { step: 'signed-in', proof: { accountId, credentialVersion, provenBy: 'password', factorAt: null } };
}
