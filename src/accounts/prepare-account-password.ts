import type { Config } from '../../config/config.ts';
import { hashPassword } from '../identity/passwords.ts';
import { MAX_PASSWORD_LENGTH } from '../identity/password.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { Account } from './account.entity.ts';
import { findPasswordFault, MIN_ACCOUNT_PASSWORD, type PasswordFault } from './account-password.rules.ts';
import { loadCommonPasswords } from './common-passwords.ts';

const details: Readonly<Record<PasswordFault, string>> = {
  length: `A password has ${MIN_ACCOUNT_PASSWORD} to ${MAX_PASSWORD_LENGTH} characters.`,
  common: 'This password is among those that are tried first: choose another one.',
  personal: 'This password is little more than a name or an address: choose another one.',
};

/**
 * Checks and hashes a password that a person has chosen. Call it before a transaction starts: hashing takes tens of milliseconds.
 * @throws Problem `password-not-permitted` with `reason`
 */
export async function prepareAccountPassword(
  { carrier }: Pick<Config, 'carrier'>,
  { email, displayName }: Pick<Account, 'email' | 'displayName'>,
  password: string,
): Promise<string> {
  const common = await loadCommonPasswords();
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const names = `${displayName} ${carrier.nameEn} ${local} ${domain.replace(/\.[^.]*$/, '')} tabane 束ね`;
  const personal = [email.toLowerCase(), local, ...names.split(/[\s.+_-]+/)];
  const reason = findPasswordFault({ password, personal, isCommon: (word) => common.has(word) });
  if (reason) throw new Problem('password-not-permitted', { detail: details[reason], facts: { reason } });
  return hashPassword(password);
}
