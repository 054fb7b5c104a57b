import Table from 'cli-table3';
import { totpCodeAt } from '../../src/identity/totp.rules.ts';
import type { PlannedAccount } from './plan/plan-accounts.ts';

/** What somebody needs to sign in to an account of a demo world. */
export type AccountSignIn = Pick<
  PlannedAccount,
  'audience' | 'companyCode' | 'role' | 'email' | 'password' | 'totpSeed'
>;

const PERIOD_SECONDS = 30;

/** The accounts as a table for a terminal, with the codes that their apps show at an instant of the world. */
export function describeAccounts(accounts: readonly AccountSignIn[], now?: Date): string {
  const table = new Table({
    head: ['Of', 'Role', 'E-mail address', 'Password', ...(now ? ['Code'] : [])],
    style: { head: [], border: [], compact: true },
  });
  for (const { companyCode, role, email, password, totpSeed } of accounts) {
    const code = now ? [totpCodeAt(Buffer.from(totpSeed, 'hex'), now)] : [];
    table.push([companyCode ?? 'the carrier', role, email, password, ...code]);
  }
  return table.toString();
}

/** For how long codes of an instant still work, in seconds. */
export function secondsLeft(now: Date): number {
  return PERIOD_SECONDS - (Math.floor(now.getTime() / 1_000) % PERIOD_SECONDS);
}
