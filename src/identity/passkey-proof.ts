import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { issueToken, useToken, type TokenOwner } from './one-time-tokens.ts';
import { CHALLENGE_LIFE_MS, listPasskeys, orUndefined, type PasskeySite } from './passkeys.ts';

/** Options for `navigator.credentials.get`; with an owner, its passkeys alone are asked for. */
export async function askForPasskey(tx: InTransaction<Deps>, { origin }: PasskeySite, owner?: TokenOwner) {
  const known = owner === undefined ? undefined : await listPasskeys(tx, owner);
  const options = await generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    userVerification: 'required',
    ...(known && {
      allowCredentials: known.map(({ credentialId: id, transports }) => ({
        id,
        transports: transports === '' ? [] : transports.split(','),
      })),
    }),
  });
  const token = options.challenge;
  await issueToken(tx, { kind: 'passkey-sign-in', owner, lifeMs: CHALLENGE_LIFE_MS, token });
  return options;
}

/**
 * Whose passkey has signed a challenge of ours, which is used up; undefined when it proves nobody. A counter that goes back is a
 * copied key; synced keys always report 0. With `owner`, only that person's.
 */
export async function provePasskey(
  tx: InTransaction<Deps>,
  { origin }: PasskeySite,
  { response, owner }: { readonly response: AuthenticationResponseJSON; readonly owner?: TokenOwner },
): Promise<TokenOwner | undefined> {
  const passkey = await lockPasskey(tx, response.id);
  if (!passkey) return undefined;
  const found = { kind: passkey.ownerKind, id: passkey.ownerId };
  if (owner && (owner.kind !== found.kind || owner.id !== found.id)) return undefined;
  const verified = await orUndefined(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => useToken(tx, 'passkey-sign-in', challenge, owner),
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

async function lockPasskey(tx: InTransaction<Deps>, credentialId: string) {
  if (!/^[\w-]{1,1400}$/.test(credentialId)) return undefined;
  return await sqlOf(tx.em)
    .selectFrom('passkey')
    .select(['credentialId', 'ownerKind', 'ownerId', 'publicKey', 'counter'])
    .where('credentialId', '=', credentialId)
    .forUpdate()
    .executeTakeFirst();
}
