import { createHmac } from 'node:crypto';
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import { composeChallenge, useChallenge } from './browser-challenge.ts';
import { issueToken, useToken, type TokenOwner } from './one-time-tokens.ts';
import { CHALLENGE_LIFE_MS, listPasskeys, lockPasskey, orUndefined, type PasskeySite } from './passkeys.ts';
import { keyFor } from './sealed-secret.ts';

/** Whose passkey is registered, as the browser shows it. */
export interface PasskeyHolder {
  readonly owner: TokenOwner;
  readonly userName: string;
  readonly displayName: string;
  /** The browser that registers it, by a secret that it alone sends; nothing is stored of its challenge before it is used. */
  readonly browser?: string;
}

const checkLabel = compileInputCheck<{ readonly label: string }>({ label: readableText(60) });

/** Options for `navigator.credentials.create`, with a challenge that works once. User verification is required. */
export async function offerPasskey(
  tx: InTransaction<Deps>,
  { origin, name }: PasskeySite,
  { owner, userName, displayName, browser }: PasskeyHolder,
) {
  const options = await generateRegistrationOptions({
    ...(browser !== undefined && {
      challenge: composeChallenge(tx, { kind: 'passkey-registration', browser: `${owner.id}:${browser}` }),
    }),
    rpName: name,
    rpID: new URL(origin).hostname,
    userName,
    userDisplayName: displayName,
    userID: handleOf(tx, owner),
    attestationType: 'none',
    excludeCredentials: (await listPasskeys(tx, owner)).map(({ credentialId }) => ({ id: credentialId })),
    // A subscriber signs in with nothing else: the passkey has to be found without an issued ID.
    authenticatorSelection: {
      residentKey: owner.kind === 'subscriber' ? 'required' : 'preferred',
      userVerification: 'required',
    },
  });
  if (browser !== undefined) return options;
  const token = options.challenge;
  await issueToken(tx, { kind: 'passkey-registration', owner, lifeMs: CHALLENGE_LIFE_MS, token });
  return options;
}

interface NewPasskey {
  readonly owner: TokenOwner;
  /** What its owner calls it. */
  readonly label: string;
  readonly response: RegistrationResponseJSON;
  /** As it was offered. */
  readonly browser?: string;
}

/** Stores a passkey by the browser's response; false when it proves nothing: another site, an old challenge, no user verification. */
export async function registerPasskey(
  tx: InTransaction<Deps>,
  { origin }: PasskeySite,
  { owner, label, response, browser }: NewPasskey,
): Promise<boolean> {
  checkLabel({ label });
  const verified = await orUndefined(
    verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) =>
        browser === undefined
          ? useToken(tx, 'passkey-registration', challenge, owner)
          : useChallenge(tx, challenge, { kind: 'passkey-registration', browser: `${owner.id}:${browser}` }),
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) return false;
  const { credential, credentialDeviceType } = verified.registrationInfo;
  // A credential has one owner: its identifier, which anybody may claim, is taken by the first.
  if (await lockPasskey(tx, credential.id)) return false;
  await sqlOf(tx.em)
    .insertInto('passkey')
    .values({
      credentialId: credential.id,
      ownerKind: owner.kind,
      ownerId: owner.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: (credential.transports ?? []).join(',').slice(0, 100),
      isSynced: credentialDeviceType === 'multiDevice',
      label,
      createdAt: tx.clock.now(),
      lastUsedAt: null,
    })
    .execute();
  return true;
}

/** The same for all passkeys of a person, and without meaning elsewhere. */
function handleOf({ config }: Pick<Deps, 'config'>, { kind, id }: TokenOwner): Uint8Array<ArrayBuffer> {
  const key = keyFor(config, { purpose: 'user handles of passkeys' });
  return new Uint8Array(createHmac('sha256', key).update(`${kind}:${id}`).digest());
}
