import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createClient } from '../../src/client/create-client.ts';
import type { Client } from '../../src/client/client.types.ts';
import { TabaneError } from '../../src/client/tabane-error.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeSigner } from '../support/signing.ts';

interface Operations {
  listCharges: { path: readonly []; input: { limit?: number }; output: { items: unknown[] } };
  createUsageCharge: { path: readonly []; input: object; output: { id: string } };
}
const routes = {
  listCharges: { method: 'GET', path: '/v1/charges', hasInput: true, isIdempotent: false, isFile: false },
  createUsageCharge: {
    method: 'POST',
    path: '/v1/usage-charges',
    hasInput: true,
    isIdempotent: true,
    isFile: false,
  },
} as const;

const pemOf = (type: 'ed25519' | 'x25519') =>
  (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });

describe('a client that signs', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
    // The client has the clock of the machine.
    world.clock.advance(Date.now() - world.clock.now().getTime());
  });
  after(() => world.close());

  /** What is sent to the public address arrives at the world; the first answer of each call may get lost. */
  function clientWith(keyId: string, privateKey: string, { isLost = false } = {}): Client<Operations> {
    const origin = new URL(world.deps.config.publicOrigin).origin;
    let lost = isLost;
    return createClient<Operations>(routes, {
      apiKey: world.token,
      origin,
      signing: { keyId, privateKey },
      fetch: async (url, init) => {
        const response = await fetch((url as string).replace(origin, world.origin), init);
        if (!lost) return response;
        lost = false;
        throw new TypeError('the connection broke');
      },
    });
  }
  const usage = () => ({ consent: world.consent, amount: 100, tax_code: 'standard', description: '映画' });

  for (const type of ['ed25519', 'rsa'] as const) {
    it(`is accepted with ${type}, and once when it has to repeat`, async () => {
      const { keyId, privateKey } = await makeSigner(world.deps, world.sale.company.id, type);
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
      const client = clientWith(keyId, pem, { isLost: true });
      const before = (await clientWith(keyId, pem).listCharges({ limit: 100 })).items.length;
      await client.createUsageCharge(usage());
      assert.equal((await client.listCharges({ limit: 100 })).items.length, before + 1);
    });
  }

  it('is refused with a key that is not registered, and takes no other kind of key', async () => {
    const { keyId } = await makeSigner(world.deps, world.sale.company.id);
    await assert.rejects(
      clientWith(keyId, pemOf('ed25519')).listCharges(),
      (error) => error instanceof TabaneError && error.code === 'signature-invalid',
    );
    for (const wrong of [pemOf('x25519'), 'no key'])
      await assert.rejects(clientWith(keyId, wrong).listCharges(), TypeError);
  });
});
