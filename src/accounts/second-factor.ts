import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findToken, useToken } from '../identity/one-time-tokens.ts';
import { keyFor, openSecret } from '../identity/sealed-secret.ts';
import { readTotpCode, stepOfCode } from '../identity/totp.rules.ts';
import { Problem } from '../shared/problem.ts';
import { mailSecurity } from './account-mails.ts';
import { lockAccount, type AccountRow } from './account.queries.ts';
import type { AccountProof } from './account-proof.ts';
import { attempt, knownSubject } from './attempts.ts';
import { hashRecoveryCode, readRecoveryCode } from './recovery-code.rules.ts';
import { totpSeal } from './totp-seal.rules.ts';

/** Uses a factor of a locked account up; false when it proves nothing. */
export type ProveFactor = (tx: InTransaction<Deps>, account: AccountRow) => Promise<boolean>;

interface SecondHalf {
  /** From the first half; works once. */
  readonly ticket: string;
  readonly code: string;
  /** The browser's address. */
  readonly source: string;
}

/**
 * The second half of signing in, by the code of an authenticator app. A code works once, also for two who type it at once.
 * @throws Problem `token-invalid`, `second-factor-refused`, `sign-in-locked`
 */
export async function verifyTotp(deps: Deps, { ticket, code, source }: SecondHalf): Promise<AccountProof> {
  return await finishSignIn(deps, { ticket, source }, (tx, { id }) => useTotpCode(tx, id, code));
}

/**
 * The second half of signing in, by a recovery code, each of which works once.
 * @throws Problem `token-invalid`, `second-factor-refused`, `sign-in-locked`
 */
export async function useRecoveryCode(
  deps: Deps,
  { ticket, code, source }: SecondHalf,
): Promise<AccountProof> {
  return await finishSignIn(deps, { ticket, source }, async (tx, account) => {
    const isSpent = await spendRecoveryCode(tx, account.id, code);
    if (isSpent) await mailSecurity(tx, account, 'recovery-code-used', { address: source });
    return isSpent;
  });
}

/** Signs the owner of a ticket in whom `prove` proves; the ticket and the factor are used up together. */
export async function finishSignIn(
  deps: Deps,
  { ticket, source }: Pick<SecondHalf, 'ticket' | 'source'>,
  prove: ProveFactor,
): Promise<AccountProof> {
  const token = await findToken(deps, 'second-factor', ticket);
  if (token?.ownerKind !== 'account' || token.ownerId === null) throw new Problem('token-invalid');
  const accountId = token.ownerId;
  const what = { step: 'second-factor', subject: knownSubject(accountId), source } as const;
  return await attempt(deps, what, () =>
    inTransaction(deps, async (tx) => {
      const proof = await proveBySecondFactor(tx, accountId, prove);
      if (!(await useToken(tx, 'second-factor', ticket))) throw new Problem('token-invalid');
      return proof;
    }),
  );
}

/** @throws Problem `second-factor-refused`, also for an account that is not active */
export async function proveBySecondFactor(
  tx: InTransaction<Deps>,
  accountId: number,
  prove: ProveFactor,
): Promise<AccountProof> {
  const account = await lockAccount(tx, accountId);
  if (account?.state !== 'active' || !(await prove(tx, account))) throw new Problem('second-factor-refused');
  const { credentialVersion } = account;
  const factorAt = tx.clock.now().getTime();
  return { accountId, credentialVersion, provenBy: 'second-factor', factorAt };
}

/** Whether a code is right now and was not used before; it is used from now on. */
export async function useTotpCode(
  tx: InTransaction<Deps>,
  accountId: number,
  typed: string,
): Promise<boolean> {
  const code = readTotpCode(typed);
  const sql = sqlOf(tx.em);
  const totp = await sql
    .selectFrom('account_totp')
    .select('secret')
    .where('accountId', '=', accountId)
    .executeTakeFirst();
  if (code === undefined || !totp?.secret) return false;
  const step = stepOfCode(openSecret(tx.config, totpSeal(accountId), totp.secret), code, tx.clock.now());
  if (step === undefined) return false;
  const { numUpdatedRows } = await sql
    .updateTable('account_totp')
    .set({ lastStep: step })
    .where('accountId', '=', accountId)
    .where(({ eb, or }) => or([eb('lastStep', 'is', null), eb('lastStep', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function spendRecoveryCode(
  tx: InTransaction<Deps>,
  accountId: number,
  typed: string,
): Promise<boolean> {
  const letters = readRecoveryCode(typed);
  if (letters === undefined) return false;
  const { numUpdatedRows } = await sqlOf(tx.em)
    .updateTable('account_recovery_code')
    .set({ usedAt: tx.clock.now() })
    .where('accountId', '=', accountId)
    .where('codeHash', '=', hashRecoveryCode(recoveryKey(tx), accountId, letters))
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export function recoveryKey({ config }: Pick<Deps, 'config'>): Buffer {
  return keyFor(config, { purpose: 'recovery codes of accounts' });
}
