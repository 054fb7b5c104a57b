import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { issueIdOnLine, resetIdPassword, type IssueIdOnLine } from '../identity/people-of-line.ts';
import { authorizeSubscriber } from '../safeguards/safeguard-scope.ts';
import type { Locale } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { drawCredentialLetter, type NewCredentials } from './credential-letter.ts';

interface InLanguage {
  /** Of the letter. */
  readonly language: Locale;
}

/** `issueIdOnLine`, with the letter that is handed over. @throws as it does */
export async function issueIdWithLetter(
  deps: Deps,
  actor: Actor,
  { language, ...input }: IssueIdOnLine & InLanguage,
) {
  const { lineId, holderFrom } = authorizeSubscriber(actor, 'people:write');
  const issued = { ...input, ...(await issueIdOnLine(deps, actor, input)) };
  return { ...issued, letter: await tryToDraw(deps, { ...issued, lineId, holderFrom }, language) };
}

/** `resetIdPassword`, with the letter that is handed over. @throws as it does */
export async function resetPasswordWithLetter(
  deps: Deps,
  actor: Actor,
  { language, subscriberId }: { readonly subscriberId: number } & InLanguage,
) {
  const { lineId, holderFrom } = authorizeSubscriber(actor, 'people:write');
  const issued = { subscriberId, ...(await resetIdPassword(deps, actor, { subscriberId })) };
  return { ...issued, letter: await tryToDraw(deps, { ...issued, lineId, holderFrom }, language) };
}

/** The PDF; undefined while too many documents are being drawn: the password must be shown all the same, for the only time. */
async function tryToDraw(
  deps: Deps,
  credentials: NewCredentials,
  language: Locale,
): Promise<Buffer | undefined> {
  try {
    const { body } = await drawCredentialLetter(deps, credentials, language);
    return Buffer.isBuffer(body) ? body : undefined;
  } catch (error) {
    if (error instanceof Problem && error.code === 'service-unavailable') return undefined;
    throw error;
  }
}
