import type { Deps } from '../deps.ts';
import { reportEvent } from '../security/report-event.ts';
import { Problem } from '../shared/problem.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { sourceKeyOf } from './source-key.rules.ts';

/** Logs a refused sign-in and rethrows the refusal. A passkey names no issued ID. */
export async function reportRefusedSignIn<T>(
  deps: Deps,
  { issuedId, source }: { readonly issuedId?: string; readonly source: string },
  signingIn: Promise<T>,
): Promise<T> {
  try {
    return await signingIn;
  } catch (error) {
    const subjects = {
      ...(issuedId !== undefined && { issued_id: normaliseIssuedId(issuedId) }),
      source: sourceKeyOf(source),
    };
    const code = error instanceof Problem ? error.code : undefined;
    if (code === 'sign-in-refused' || code === 'passkey-refused')
      reportEvent(deps, 'security.sign_in_failed', { subjects });
    if (code === 'sign-in-locked') {
      const retryAfterSeconds = Number((error as Problem).facts['retry_after_seconds']);
      reportEvent(deps, 'security.sign_in_locked', { subjects, facts: { retryAfterSeconds } });
    }
    throw error;
  }
}
