import { randomInt } from 'node:crypto';
import { Problem } from '../shared/problem.ts';
import {
  composePassword,
  isPermittedPassword,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './password.rules.ts';
import { hashPassword } from './passwords.ts';

/** A password that a person chose, or the wish for one to be made. */
export type PasswordWish = string | { readonly generate: true };

interface PreparedPassword {
  /** Null when nothing was wished: nobody can sign in. */
  readonly passwordHash: string | null;
  /** Set only when it was generated: to be shown once. */
  readonly password?: string;
}

/**
 * Makes what is stored of a password. Done before a transaction begins: hashing takes tens of milliseconds.
 * @throws Problem `password-not-permitted`
 */
export async function preparePassword(wish: PasswordWish | undefined): Promise<PreparedPassword> {
  if (wish === undefined) return { passwordHash: null };
  if (typeof wish !== 'string') {
    const password = composePassword(randomInt);
    return { passwordHash: await hashPassword(password), password };
  }
  if (!isPermittedPassword(wish)) {
    const detail = `A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`;
    throw new Problem('password-not-permitted', { detail });
  }
  return { passwordHash: await hashPassword(wish) };
}
