import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { issueSubscriber, type IssueSubscriber } from '../identity/issue-subscriber.ts';
import { issueIdOnLine, resetIdPassword, type IssueIdOnLine } from '../identity/people-of-line.ts';
import { setPassword, type SetPassword } from '../identity/set-password.ts';
import { isShownTo } from '../personal-data/personal-data.queries.ts';
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

/** A new ID or password of the support centre, with the letter for who may see the holder's name and address. */
export interface CredentialsWithLetter extends NewCredentials {
  readonly letter: Buffer | undefined;
}

/**
 * `issueSubscriber` with a generated password and the letter to the holder; without the letter for who has not asked to see the
 * holder's personal data. @throws as it does
 */
export async function issueSubscriberWithLetter(
  deps: Deps,
  actor: Actor,
  { language, ...input }: Omit<IssueSubscriber, 'password'> & InLanguage,
): Promise<CredentialsWithLetter> {
  const { subscriber, password } = await issueSubscriber(deps, actor, {
    ...input,
    password: { generate: true },
  });
  const { lineId, holderFrom, displayName, issuedId } = subscriber;
  return await withLetter(
    deps,
    actor,
    { lineId, holderFrom, displayName, issuedId, password: password! },
    language,
  );
}

/** `setPassword` with a generated password and the letter to the holder, likewise. @throws as it does */
export async function setPasswordWithLetter(
  deps: Deps,
  actor: Actor,
  { language, ...input }: Omit<SetPassword, 'password'> & InLanguage,
): Promise<CredentialsWithLetter> {
  const { password, ...person } = await setPassword(deps, actor, { ...input, password: { generate: true } });
  return await withLetter(deps, actor, { ...person, password: password! }, language);
}

async function withLetter(
  deps: Deps,
  actor: Actor,
  credentials: NewCredentials,
  language: Locale,
): Promise<CredentialsWithLetter> {
  const isShown = await isShownTo(deps, actor, credentials);
  return { ...credentials, letter: isShown ? await tryToDraw(deps, credentials, language) : undefined };
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
