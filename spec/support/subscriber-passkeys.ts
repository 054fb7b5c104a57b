import { addOwnPasskey, startOwnPasskey } from '../../src/identity/add-own-passkey.ts';
import { passkeyRef } from '../../src/identity/passkeys.ts';
import { findById } from '../../src/identity/subscriber.queries.ts';
import { Authenticator } from './authenticator.ts';
import { signedIn } from './actors.ts';
import type { World } from './world.ts';

/** What the script of a page hands to the browser: the options of its passkey form. */
export function optionsOf(html: string): { challenge: string; rpId?: string; allowCredentials?: unknown[] } {
  const [, attribute = ''] = /data-options="([^"]*)"/.exec(html) ?? [];
  return JSON.parse(attribute.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&amp;', '&'));
}

/** Registers a passkey for an issued ID, as its person does on their own line. */
export async function makePasskey(
  { deps, config, clock }: World,
  subscriberId: number,
  key = new Authenticator(config.publicOrigin),
): Promise<{ key: Authenticator; ref: string }> {
  const { lineId, holderFrom } = (await findById(deps, subscriberId))!;
  const actor = signedIn({ subscriberId, lineId, holderFrom });
  const provenAt = clock.now().getTime();
  const options = JSON.parse(await startOwnPasskey(deps, actor, { provenAt, browser: 'spec' })) as {
    challenge: string;
  };
  const browser = { browser: 'spec', address: '192.0.2.1', userAgent: '' };
  await addOwnPasskey(deps, actor, {
    label: '電話',
    response: key.create(options),
    provenAt,
    ...browser,
  });
  return { key, ref: passkeyRef(key.credentialId) };
}
