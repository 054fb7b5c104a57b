import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { askBrowser, provePasskey } from './passkey-proof.ts';
import { subscriberSite } from './passkeys.ts';
import { assertNotHeld, recordSuccessfulAttempt, reserveAttempt, type LockKey } from './sign-in-lock.ts';
import { sourceKeyOf } from './source-key.rules.ts';
import { findById, type SignedInSubscriber } from './subscriber.queries.ts';

interface Asking {
  /** A secret that the asking browser alone sends: the token of its forms. */
  readonly browser: string;
  /** Who is signed in already and proves it again; left out, anybody's passkey is asked for. */
  readonly subscriberId?: number | undefined;
}

export interface PasskeySignIn extends Asking {
  readonly response: AuthenticationResponseJSON;
  /** The browser's address. */
  readonly source: string;
}

/** Options for the browser, as JSON; nothing is stored. */
export async function startPasskeySignIn(deps: Deps, { browser, subscriberId }: Asking): Promise<string> {
  const owner = subscriberId === undefined ? undefined : ({ kind: 'subscriber', id: subscriberId } as const);
  return JSON.stringify(await askBrowser(deps, subscriberSite(deps.config), { browser, owner }));
}

/**
 * Proves the person by a passkey, in place of issued ID and password. Every refusal looks the same: a passkey that is unknown,
 * removed, of a company's person, of an ID that has ended or a line with another holder, a challenge of another browser or used
 * before. Attempts are counted apart from passwords: guesses at a password do not keep out who has the passkey.
 * @throws Problem `passkey-refused`, `sign-in-locked` with `retry_after_seconds` after too many failures of the passkey or the
 *   source, or while the support centre holds the ID.
 */
export async function signInWithPasskey(deps: Deps, input: PasskeySignIn): Promise<SignedInSubscriber> {
  const { response, browser, source, subscriberId } = input;
  const keys: readonly LockKey[] = [
    { scope: 'id', key: `passkey:${response.id}` },
    { scope: 'source', key: `passkey:${sourceKeyOf(source)}` },
  ];
  await reserveAttempt(deps, keys);
  const owner = await inTransaction(deps, (tx) =>
    provePasskey(tx, subscriberSite(tx.config), { response, browser, ownerKind: 'subscriber' }),
  );
  const found = owner && (await findById(deps, owner.id));
  const isAsked = subscriberId === undefined || found?.id === subscriberId;
  if (!found?.isEntitled || !isAsked) throw new Problem('passkey-refused');
  await assertNotHeld(deps, { scope: 'id', key: found.issuedId });
  await recordSuccessfulAttempt(deps, keys);
  return found;
}
