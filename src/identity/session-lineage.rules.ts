import { createHash } from 'node:crypto';
import type { PageSession } from './page-session.ts';

/** Forms of so many rises of privilege can still be told from forged ones. */
const MAX_FORMER = 8;

/** How a session knows a form token that it had before; the token itself is not kept. */
export function formerTokenOf(formToken: string): string {
  return createHash('sha256').update(formToken).digest('base64url');
}

/**
 * What goes over into the session by which the same person continues, in the same browser, after proving the second factor again: what
 * was typed meanwhile, and by which tokens forms in other tabs are known as its own. Such a token sends no form: it leads back to it.
 */
export function carriedOver(
  { formToken, formerTokens = [], drafts = [] }: PageSession,
  nowMs: number,
): Pick<PageSession, 'formerTokens' | 'drafts'> {
  const former = formToken === undefined ? formerTokens : [...formerTokens, formerTokenOf(formToken)];
  const lasting = drafts.filter(({ until }) => until > nowMs);
  return { formerTokens: former.slice(-MAX_FORMER), ...(lasting.length > 0 && { drafts: lasting }) };
}
