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

/**
 * Mails a code for a new password to the holder of the line. What it answers does not depend on whether there is such an ID,
 * whether it can be used, or whether the line master has an address; each request counts against the ID and the source.
 * @throws Problem `issued-id-mistyped`, `sign-in-locked` after too many requests.
 */
export async function requestPasswordCode(deps: Deps, input: Forgotten): Promise<void> {
  const issuedId = await countRequest(deps, input, 'forgotten');
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
 * Sets a new password with the code that was mailed. The line and, where there is one, the passkey are asked for all the same
 * at the next sign-in.
 * @throws Problem `password-not-permitted` before the code is tried, `code-refused`, also for IDs that do not exist,
 *   `sign-in-locked`.
 */
export async function resetForgottenPassword(
  deps: Deps,
  input: Forgotten & { readonly code: string; readonly newPassword: string },
): Promise<void> {
  if (!isPermittedPassword(input.newPassword)) throw new Problem('password-not-permitted');
  const issuedId = await countRequest(deps, input, 'code');
  const found = await findByIssuedId(deps, issuedId);
  if (!found?.isEntitled) throw new Problem('code-refused', { facts: { tries_left: 0 } });
  await useOneTimeCode(deps, { subscriberId: found.id, purpose: 'password', code: input.code });
  await storePassword(deps, found, { ...input, actor: `subscriber:${found.id}` });
}

async function countRequest(
  deps: Deps,
  { issuedId: typed, address }: Forgotten,
  step: string,
): Promise<string> {
  const issuedId = normaliseIssuedId(typed.slice(0, 64));
  if (!isIssuedId(issuedId)) throw new Problem('issued-id-mistyped');
  await reserveAttempt(deps, [
    { scope: 'id', key: `${step}:${issuedId}` },
    { scope: 'source', key: `${step}:${sourceKeyOf(address)}` },
  ]);
  return issuedId;
}
