import { randomInt } from 'node:crypto';
import { Problem } from '../shared/problem.ts';
import {
  composePassword,
  isPermittedPassword,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './password.rules.ts';
import { hashPassword } from './passwords.ts';

/** A password that a person chose, or the request to generate one. */
export type RequestedPassword = string | { readonly generate: true };

interface PreparedPassword {
  /** Null without a password: nobody can sign in. */
  readonly passwordHash: string | null;
  /** Set only if it was generated: to be shown once. */
  readonly password?: string;
}

/**
 * Hashes a password for storage. Call it before a transaction starts: hashing takes tens of milliseconds.
 * @throws Problem `password-not-permitted`
 */
export async function preparePassword(requested: RequestedPassword | undefined): Promise<PreparedPassword> {
  if (requested === undefined) return { passwordHash: null };
  if (typeof requested !== 'string') {
    const password = composePassword(randomInt);
    return { passwordHash: await hashPassword(password), password };
  }
  if (!isPermittedPassword(requested)) {
    const detail = `A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`;
    throw new Problem('password-not-permitted', { detail });
  }
  return { passwordHash: await hashPassword(requested) };
}
