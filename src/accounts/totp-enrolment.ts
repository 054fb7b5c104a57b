import { randomBytes } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { openSecret, sealSecret } from '../identity/sealed-secret.ts';
import {
  readTotpCode,
  stepOfCode,
  TOTP_SECRET_BYTES,
  totpUri,
  writeTotpSeed,
} from '../identity/totp.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { AccountRow } from './account.queries.ts';
import { attempt, knownSubject } from './attempts.ts';
import { lockEnrolling, recordEnrolment, type Enrolled, type EnrolmentRight } from './enrolment.ts';
import { findFactors, hasFactor } from './sign-in-step.ts';
import { totpSeal } from './totp-seal.rules.ts';

/** What the page shows, once: the QR code is made of the address. */
export interface TotpOffer {
  readonly uri: string;
  /** For typing, in groups of four. */
  readonly seed: string;
}

/**
 * Begins the registration of an authenticator app; an app that is registered already keeps working until a code of the new
 * one has been given. `seed` is random unless a demo brings its own.
 * @throws Problem `token-invalid`, `step-up-required`
 */
export async function startTotpEnrolment(
  deps: Deps,
  right: EnrolmentRight,
  seed: Uint8Array = randomBytes(TOTP_SECRET_BYTES),
): Promise<TotpOffer> {
  return await inTransaction(deps, async (tx) => {
    const account = await lockEnrolling(tx, right);
    const pendingSecret = sealSecret(tx.config, totpSeal(account.id), seed);
    const pending = { pendingSecret, pendingAt: tx.clock.now() };
    await sqlOf(tx.em)
      .insertInto('account_totp')
      .values({ accountId: account.id, secret: null, confirmedAt: null, lastStep: null, ...pending })
      .onDuplicateKeyUpdate(pending)
      .execute();
    const issuer = tx.config.carrier.nameEn;
    return { uri: totpUri(seed, { issuer, label: account.email }), seed: writeTotpSeed(seed) };
  });
}

interface FirstCode {
  readonly code: string;
  /** The browser's address. */
  readonly source: string;
}

/**
 * Registers the app with a first code of it, which is used up by this.
 * @throws Problem `token-invalid`, `step-up-required`, `second-factor-missing` when nothing was begun, `second-factor-refused`,
 * `sign-in-locked`
 */
export async function finishTotpEnrolment(
  deps: Deps,
  right: EnrolmentRight,
  { code, source }: FirstCode,
): Promise<Enrolled> {
  const { id } = await inTransaction(deps, (tx) => lockEnrolling(tx, right));
  const what = { step: 'second-factor', subject: knownSubject(id), source } as const;
  return await attempt(deps, what, () =>
    inTransaction(deps, async (tx) => {
      const account = await lockEnrolling(tx, right);
      const isFirst = !hasFactor(await findFactors(tx, account.id));
      await confirmSeed(tx, account, code);
      return recordEnrolment(tx, account, { factor: 'totp', isFirst });
    }),
  );
}

async function confirmSeed(tx: InTransaction<Deps>, { id }: AccountRow, typed: string): Promise<void> {
  const sql = sqlOf(tx.em);
  const totp = await sql
    .selectFrom('account_totp')
    .select('pendingSecret')
    .where('accountId', '=', id)
    .executeTakeFirst();
  if (!totp?.pendingSecret) throw new Problem('second-factor-missing');
  const code = readTotpCode(typed);
  const seed = openSecret(tx.config, totpSeal(id), totp.pendingSecret);
  const step = code === undefined ? undefined : stepOfCode(seed, code, tx.clock.now());
  if (step === undefined) throw new Problem('second-factor-refused');
  await sql
    .updateTable('account_totp')
    .set({
      secret: totp.pendingSecret,
      confirmedAt: tx.clock.now(),
      lastStep: step,
      pendingSecret: null,
      pendingAt: null,
    })
    .where('accountId', '=', id)
    .execute();
}
