import { setTimeout as wait } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { storePassword } from './change-own-password.ts';
import { isIssuedId, normaliseIssuedId } from './issued-id.rules.ts';
import { isPermittedPassword } from './password.rules.ts';
import { reserveAttempt } from './sign-in-lock.ts';
import { sendOneTimeCode } from './send-one-time-code.ts';
import { sourceKeyOf } from './source-key.rules.ts';
import { findByIssuedId } from './subscriber.queries.ts';
import { useOneTimeCode } from './use-one-time-code.ts';

export interface Forgotten {
  /** As typed. */
  readonly issuedId: string;
  /** The browser's address. */
  readonly address: string;
  readonly userAgent: string;
}

/** No answer comes earlier: the work for an ID that exists takes a small part of it, and its time tells nobody which IDs there are. */
const ANSWER_MS = 300;

/**
 * Mails a code for a new password to the holder of the line. What it answers does not depend on whether there is such an ID,
 * whether it can be used, or whether the line master has an address; each request counts against the ID and the source.
 * @throws Problem `issued-id-mistyped`, `sign-in-locked` after too many requests.
 */
export function requestPasswordCode(deps: Deps, input: Forgotten): Promise<void> {
  return inEqualTime(() => mailPasswordCode(deps, input));
}

async function mailPasswordCode(deps: Deps, input: Forgotten): Promise<void> {
  const { issuedId } = await countRequest(deps, input, 'forgotten');
  const found = await findByIssuedId(deps, issuedId);
  if (!found?.isEntitled) return;
  const { address, userAgent } = input;
  try {
    await sendOneTimeCode(deps, { subscriberId: found.id, purpose: 'password', address, userAgent });
  } catch (error) {
    // Neither that there is no address nor that enough codes were sent may show.
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  }
}

/**
 * Sets a new password with the code that was mailed. The line is asked for all the same at the next sign-in; passkeys stay.
 * @throws Problem `password-not-permitted` before the code is tried, `code-refused`, also for IDs that do not exist,
 *   `sign-in-locked`.
 */
export async function resetForgottenPassword(
  deps: Deps,
  input: Forgotten & { readonly code: string; readonly newPassword: string },
): Promise<void> {
  if (!isPermittedPassword(input.newPassword)) throw new Problem('password-not-permitted');
  const found = await inEqualTime(() => proveCode(deps, input));
  await storePassword(deps, found, { ...input, actor: `subscriber:${found.id}` });
}

/** Says of each ID how many requests are left, and of none how many tries its code has: that would tell which IDs have one. */
async function proveCode(deps: Deps, input: Forgotten & { readonly code: string }) {
  const { issuedId, left } = await countRequest(deps, input, 'code');
  const found = await findByIssuedId(deps, issuedId);
  const isProven = found?.isEntitled && (await isRightCode(deps, found.id, input.code));
  if (!isProven) throw new Problem('code-refused', { facts: { tries_left: left } });
  return found;
}

async function isRightCode(deps: Deps, subscriberId: number, code: string): Promise<boolean> {
  try {
    await useOneTimeCode(deps, { subscriberId, purpose: 'password', code });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'code-refused') return false;
    throw error;
  }
}

async function inEqualTime<T>(work: () => Promise<T>): Promise<T> {
  const earliest = wait(ANSWER_MS);
  try {
    return await work();
  } finally {
    await earliest;
  }
}

async function countRequest(
  deps: Deps,
  { issuedId: typed, address }: Forgotten,
  step: string,
): Promise<{ issuedId: string; left: number }> {
  const issuedId = normaliseIssuedId(typed.slice(0, 64));
  if (!isIssuedId(issuedId)) throw new Problem('issued-id-mistyped');
  const left = await reserveAttempt(deps, [
    { scope: 'id', key: `${step}:${issuedId}` },
    { scope: 'source', key: `${step}:${sourceKeyOf(address)}` },
  ]);
  return { issuedId, left };
}
