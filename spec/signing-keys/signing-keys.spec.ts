import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { readPublicKey } from '../../src/signing-keys/public-key.rules.ts';
import { MAX_SIGNING_KEYS, registerSigningKey } from '../../src/signing-keys/register-signing-key.ts';
import { requireSignature } from '../../src/signing-keys/require-signature.ts';
import { revokeSigningKey } from '../../src/signing-keys/revoke-signing-key.ts';
import { listSigningKeys } from '../../src/signing-keys/signing-key.queries.ts';
import { purgeNonces, takeNonce } from '../../src/signing-keys/use-nonce.ts';
import { staff, userOf } from '../support/actors.ts';
import { countRows } from '../support/api-world.ts';
import { makeApiKey, makeCompany } from '../support/factories.ts';
import { newPublicKey } from '../support/signing.ts';
import { createWorld, type World } from '../support/world.ts';

const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });
const rsaOf = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent });

/** An RSA key whose exponent has so many bytes. */
const withExponentOf = (bytes: number) => {
  const jwk = rsaOf(2048).publicKey.export({ format: 'jwk' });
  const e = Buffer.alloc(bytes, 0xff).toString('base64url');
  return createPublicKey({ key: { ...jwk, e }, format: 'jwk' });
};

describe('a public key', () => {
  it('is ed25519 or RSA of 2,048 to 4,096 bits', () => {
    assert.equal(readPublicKey(newPublicKey()).algorithm, 'ed25519');
    assert.equal(readPublicKey(pemOf(rsaOf(2048).publicKey)).algorithm, 'rsa-pss-sha512');
    assert.equal(readPublicKey(pemOf(withExponentOf(4))).algorithm, 'rsa-pss-sha512');
    const pss = { modulusLength: 2048, hashAlgorithm: 'sha512', mgf1HashAlgorithm: 'sha512' } as const;
    assert.equal(
      readPublicKey(pemOf(generateKeyPairSync('rsa-pss', pss).publicKey)).algorithm,
      'rsa-pss-sha512',
    );
    const sha256 = { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256' } as const;
    const { privateKey } = generateKeyPairSync('ed25519');
    for (const pem of [
      pemOf(rsaOf(1024).publicKey),
      pemOf(rsaOf(2048, 3).publicKey),
      pemOf(withExponentOf(5)),
      pemOf(withExponentOf(200)),
      pemOf(generateKeyPairSync('rsa-pss', sha256).publicKey),
      pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
      pemOf(generateKeyPairSync('x25519').publicKey),
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
      `${newPublicKey()}${newPublicKey()}`,
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      'ssh-ed25519 AAAA',
      '',
    ])
      assert.throws(() => readPublicKey(pem), { code: 'invalid-request' }, pem);
  });
});

describe('signing keys', () => {
  let world: World;
  let company: { id: number; code: string };
  const owner = () => userOf(company.id, 'owner');
  const register = (publicKey: string) =>
    registerSigningKey(world.deps, owner(), { companyCode: company.code, label: 'shop', publicKey });
  before(async () => {
    world = await createWorld();
    company = await makeCompany(world.deps);
  });
  after(() => world.close());

  it('are registered once each, also by two at once and after they were revoked, and stay as they are', async () => {
    const pem = newPublicKey();
    const outcomes = await Promise.allSettled([register(pem), register(pem)]);
    assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => (reason as { code: string }).code),
      ['already-exists'],
    );
    const [key] = await listSigningKeys(world.deps, owner(), company.code);
    const { revokedAt } = await revokeSigningKey(world.deps, owner(), { id: key!.id });
    assert.deepEqual((await revokeSigningKey(world.deps, owner(), { id: key!.id })).revokedAt, revokedAt);
    await assert.rejects(register(pem), { code: 'already-exists' });
    const sql = sqlOf(world.deps.orm.em.fork());
    await assert.rejects(sql.updateTable('signing_key').set({ revokedAt: null }).execute());
    const other = await makeCompany(world.deps);
    const { id } = await registerSigningKey(world.deps, staff(), {
      companyCode: other.code,
      label: 'the same pair of another company',
      publicKey: pem,
    });
    await assert.rejects(revokeSigningKey(world.deps, owner(), { id }), { code: 'signing-key-not-found' });
    const audits = await sql
      .selectFrom('audit_entry')
      .select('action')
      .where('subject', '=', `signing-key:${key!.id}`)
      .execute();
    assert.deepEqual(audits.map(({ action }) => action).toSorted(), [
      'signing-key.register',
      'signing-key.revoke',
    ]);
  });

  it('are as many as a company needs', async () => {
    for (let count = 0; count < MAX_SIGNING_KEYS; count++) await register(newPublicKey());
    await assert.rejects(register(newPublicKey()), {
      code: 'illegal-state',
      facts: { reason: 'signing-keys' },
    });
    for (const { id } of await listSigningKeys(world.deps, owner(), company.code))
      await revokeSigningKey(world.deps, owner(), { id });
    const key = await makeApiKey(world.deps, { companyId: company.id });
    const demand = { id: key.id, isRequired: true };
    await assert.rejects(requireSignature(world.deps, owner(), demand), {
      facts: { reason: 'no-signing-key' },
    });
    await register(newPublicKey());
    await requireSignature(world.deps, owner(), demand);
    await requireSignature(world.deps, owner(), demand);
    const other = await makeApiKey(world.deps, { companyId: (await makeCompany(world.deps)).id });
    await assert.rejects(requireSignature(world.deps, owner(), { id: other.id, isRequired: false }), {
      code: 'api-key-not-found',
    });
  });

  it('have nonces that are taken once, of many at once too, and forgotten when their signature is too old', async () => {
    const lastAcceptedAt = new Date(world.clock.now().getTime() + 300_000);
    const sent = { signingKeyId: world.deps.ids.next(), nonce: 'once-and-never-again', lastAcceptedAt };
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeNonce(world.deps, sent)));
    assert.equal(taken.filter(Boolean).length, 1);
    assert.ok(await takeNonce(world.deps, { ...sent, nonce: 'another-nonce-of-the-key' }));
    assert.ok(await takeNonce(world.deps, { ...sent, signingKeyId: world.deps.ids.next() }));
    world.clock.advance(300_000);
    assert.equal(await purgeNonces(world.deps), 0);
    assert.ok(!(await takeNonce(world.deps, sent)));
    world.clock.advance(60_000);
    assert.equal(await purgeNonces(world.deps), 3);
    assert.equal(await countRows(world.deps, 'signature_nonce'), 0);
  });
});
