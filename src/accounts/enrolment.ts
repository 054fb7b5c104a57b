import { randomInt } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findToken } from '../identity/one-time-tokens.ts';
import { actorName } from '../access/actor.ts';
import { Problem } from '../shared/problem.ts';
import { mailSecurity } from './account-mails.ts';
import { lockAccount, type AccountRow } from './account.queries.ts';
import { actorOf, assertFreshFactor, type AccountProof } from './account-proof.ts';
import { changeAccount } from './change-account.ts';
import {
  composeRecoveryCode,
  hashRecoveryCode,
  readRecoveryCode,
  RECOVERY_CODES,
} from './recovery-code.rules.ts';
import { recoveryKey } from './second-factor.ts';
import { findFactors, hasFactor, needsSecondFactor } from './sign-in-step.ts';

/** By what a person may register a factor: the ticket of a first one, or a session with a fresh factor. */
export type EnrolmentRight = { readonly ticket: string } | { readonly proof: AccountProof };

/** A registered factor: the session continues under a new identifier, and every other one has ended. */
export interface Enrolled {
  readonly proof: AccountProof;
  /** Shown once, with a first factor alone. */
  readonly recoveryCodes: readonly string[];
}

/**
 * The account that may register a factor, locked. A ticket of the password alone is good for a first factor only.
 * @throws Problem `token-invalid`, `step-up-required`
 */
export async function lockEnrolling(tx: InTransaction<Deps>, right: EnrolmentRight): Promise<AccountRow> {
  const account = await lockAccount(tx, await findEnrollingId(tx, right));
  if (account?.state !== 'active') throw new Problem('token-invalid');
  if ('proof' in right && account.credentialVersion !== right.proof.credentialVersion)
    throw new Problem('token-invalid');
  const isFirst = !hasFactor(await findFactors(tx, account.id));
  if ('ticket' in right && !isFirst) throw new Problem('token-invalid');
  if ('proof' in right && !isFirst) assertFreshFactor(right.proof, tx.clock.now());
  return account;
}

async function findEnrollingId(tx: InTransaction<Deps>, right: EnrolmentRight): Promise<number> {
  if ('proof' in right) return right.proof.accountId;
  const token = await findToken(tx, 'enrolment', right.ticket);
  if (token?.ownerKind !== 'account' || token.ownerId === null) throw new Problem('token-invalid');
  return token.ownerId;
}

/** Ends all sessions and uses the ticket up; a first factor comes with recovery codes. Call it once the factor is stored. */
export async function recordEnrolment(
  tx: InTransaction<Deps>,
  account: AccountRow,
  { factor, isFirst }: { readonly factor: 'totp' | 'passkey'; readonly isFirst: boolean },
): Promise<Enrolled> {
  const { id: accountId } = account;
  const recoveryCodes = isFirst ? await replaceRecoveryCodes(tx, accountId) : [];
  const act = { actor: ownName(account), action: 'account.add-factor', facts: { factor } } as const;
  const credentialVersion = await changeAccount(tx, account, {}, act);
  await mailSecurity(tx, account, factor === 'totp' ? 'authenticator-added' : 'passkey-added');
  const factorAt = tx.clock.now().getTime();
  const proof = { accountId, credentialVersion, provenBy: 'second-factor', factorAt } as const;
  return { proof, recoveryCodes };
}

/** Ten new codes; earlier ones are worthless. */
export async function replaceRecoveryCodes(tx: InTransaction<Deps>, accountId: number): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => composeRecoveryCode(randomInt));
  const sql = sqlOf(tx.em);
  await sql.deleteFrom('account_recovery_code').where('accountId', '=', accountId).execute();
  const key = recoveryKey(tx);
  const rows = codes.map((code) => ({
    accountId,
    codeHash: hashRecoveryCode(key, accountId, readRecoveryCode(code)!),
    createdAt: tx.clock.now(),
    usedAt: null,
  }));
  await sql.insertInto('account_recovery_code').values(rows).execute();
  return codes;
}

/** The person of an account as audit rows name them when they change their own. */
export function ownName(account: AccountRow): string {
  return actorName(actorOf(account, 'password'));
}

/** Call it once a factor is removed. @throws Problem `illegal-state` if it was the last one of an account that needs one */
export async function refuseLastFactor(tx: InTransaction<Deps>, account: AccountRow): Promise<void> {
  if (hasFactor(await findFactors(tx, account.id)) || !needsSecondFactor(account)) return;
  throw new Problem('illegal-state', {
    detail: 'This is the last second factor: register another one first.',
  });
}
