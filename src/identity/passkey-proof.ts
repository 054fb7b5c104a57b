import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { composeChallenge, useChallenge } from './browser-challenge.ts';
import { issueToken, useToken, type TokenOwner } from './one-time-tokens.ts';
import { CHALLENGE_LIFE_MS, listPasskeys, lockPasskey, orUndefined, type PasskeySite } from './passkeys.ts';

/** Options for `navigator.credentials.get`; with an owner, its passkeys alone are asked for. */
export async function askForPasskey(tx: InTransaction<Deps>, site: PasskeySite, owner?: TokenOwner) {
  const options = await generateAuthenticationOptions(await termsFor(tx, site, owner));
  const token = options.challenge;
  await issueToken(tx, { kind: 'passkey-sign-in', owner, lifeMs: CHALLENGE_LIFE_MS, token });
  return options;
}

/** The same with a challenge that works in one browser alone, and of which nothing is stored before it is used. */
export async function askBrowser(
  deps: Deps,
  site: PasskeySite,
  { browser, owner }: { readonly browser: string; readonly owner?: TokenOwner | undefined },
) {
  const challenge = composeChallenge(deps, { kind: 'passkey-sign-in', browser });
  return await generateAuthenticationOptions({ ...(await termsFor(deps, site, owner)), challenge });
}

async function termsFor(deps: Deps, { origin }: PasskeySite, owner: TokenOwner | undefined) {
  const known = owner === undefined ? undefined : await listPasskeys(deps, owner);
  return {
    rpID: new URL(origin).hostname,
    userVerification: 'required' as const,
    ...(known && {
      allowCredentials: known.map(({ credentialId: id, transports }) => ({
        id,
        transports: transports === '' ? [] : transports.split(','),
      })),
    }),
  };
}

interface Proving {
  readonly response: AuthenticationResponseJSON;
  /** Only this person's passkeys prove anything. */
  readonly owner?: TokenOwner | undefined;
  /** Only the passkeys of such people do. */
  readonly ownerKind?: TokenOwner['kind'];
  /** The browser that `askBrowser` asked; without one the challenge is of `askForPasskey`. */
  readonly browser?: string;
}

/**
 * Whose passkey has signed a challenge of ours, which is used up; undefined when it proves nobody. A counter that goes back is a
 * copied key; synced keys always report 0.
 */
export async function provePasskey(
  tx: InTransaction<Deps>,
  { origin }: PasskeySite,
  { response, owner, ownerKind, browser }: Proving,
): Promise<TokenOwner | undefined> {
  const passkey = await lockPasskey(tx, response.id);
  if (!passkey) return undefined;
  const found = { kind: passkey.ownerKind, id: passkey.ownerId };
  if (ownerKind !== undefined && ownerKind !== found.kind) return undefined;
  if (owner && (owner.kind !== found.kind || owner.id !== found.id)) return undefined;
  const verified = await orUndefined(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) =>
        browser === undefined
          ? useToken(tx, 'passkey-sign-in', challenge, owner)
          : useChallenge(tx, challenge, { kind: 'passkey-sign-in', browser }),
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) return undefined;
  await sqlOf(tx.em)
    .updateTable('passkey')
    .set({ counter: verified.authenticationInfo.newCounter, lastUsedAt: tx.clock.now() })
    .where('credentialId', '=', passkey.credentialId)
    .execute();
  return found;
}
