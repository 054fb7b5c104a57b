import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { requireSignature } from '../../../src/signing-keys/require-signature.ts';
import { revokeSigningKey } from '../../../src/signing-keys/revoke-signing-key.ts';
import { staff } from '../../support/actors.ts';
import { countWritten, createApiWorld, type ApiWorld } from '../../support/api-world.ts';
import { makeApiKey, makeSale } from '../../support/factories.ts';
import { makeSigner, signRequest, type Signer, type ToSign } from '../../support/signing.ts';

describe('a signed request', () => {
  let world: ApiWorld;
  let signer: Signer;
  const other = {} as { signer: Signer; token: string };
  before(async () => {
    world = await createApiWorld();
    signer = await makeSigner(world.deps, world.sale.company.id);
    const sale = await makeSale(world.deps);
    other.signer = await makeSigner(world.deps, sale.company.id);
    other.token = (await makeApiKey(world.deps, { companyId: sale.company.id })).token;
  });
  after(() => world.close());

  const usage = () =>
    JSON.stringify({ consent: world.consent, amount: 100, tax_code: 'standard', description: '映画' });
  const urlOf = (path: string) => `${new URL(world.deps.config.publicOrigin).origin}${path}`;

  const toSign = (path: string, { body, ...over }: Partial<ToSign> & { readonly key?: string } = {}) => ({
    method: body === undefined ? 'GET' : 'POST',
    url: urlOf(path),
    now: world.clock.now(),
    ...(body !== undefined && { body }),
    ...over,
    headers: {
      authorization: `Bearer ${world.token}`,
      ...(body !== undefined && {
        'idempotency-key': over.key ?? randomUUID(),
        'content-type': 'application/json',
      }),
      ...over.headers,
    },
  });

  async function send(
    path: string,
    init: { method: string; headers: Record<string, string>; body?: string | Uint8Array | undefined },
  ) {
    const response = await fetch(`${world.origin}${path}`, init as RequestInit);
    const problem = (await response.json()) as { code?: string; reason?: string; id?: string };
    return { status: response.status, headers: response.headers, ...problem };
  }

  const sendSigned = (path: string, over: Parameters<typeof toSign>[1] = {}, by = signer) => {
    const request = toSign(path, over);
    return send(path, { method: request.method, headers: signRequest(by, request), body: over.body });
  };

  const at = (ms: number) => new Date(world.clock.now().getTime() + ms);

  const sent = async (body: string | Uint8Array, headers = {}) => {
    const { status, code } = await sendSigned('/v1/usage-charges', { body, headers });
    return [status, code];
  };

  const refusedFor = async (
    reason: string,
    answer: Promise<{ status: number; code?: string; reason?: string }>,
  ) => {
    const before = await countWritten(world.deps);
    const { status, code, reason: given } = await answer;
    assert.deepEqual([status, code, given], [401, 'signature-invalid', reason]);
    assert.deepEqual(await countWritten(world.deps), before);
  };

  it('is accepted with ed25519 and RSA-PSS, with and without a body, and with a compressed one', async () => {
    const rsa = await makeSigner(world.deps, world.sale.company.id, 'rsa');
    for (const by of [signer, rsa]) {
      assert.equal((await sendSigned('/v1/charges?limit=2', {}, by)).status, 200);
      assert.equal((await sendSigned('/v1/usage-charges', { body: usage() }, by)).status, 201);
    }
    const body = gzipSync(usage());
    const headers = { 'content-encoding': 'gzip' };
    assert.equal((await sendSigned('/v1/usage-charges', { body, headers })).status, 201);
    const parts = ['@query', '@path', '@authority', '@method', 'authorization'];
    assert.equal((await sendSigned('/v1/charges', { components: parts })).status, 200);
    assert.equal((await sendSigned('/v1/charges', { parameters: ';alg="ed25519"' })).status, 200);
  });

  it('is refused when the body, method, address, API key or Idempotency-Key was changed on its way', async () => {
    const post = (
      change: (request: {
        path: string;
        method: string;
        headers: Record<string, string>;
        body: string;
      }) => void,
    ) => {
      const body = usage();
      const headers = signRequest(signer, toSign('/v1/usage-charges', { body }));
      const request = { path: '/v1/usage-charges', method: 'POST', headers, body };
      change(request);
      return send(request.path, request);
    };
    await refusedFor(
      'digest-mismatch',
      post((request) => (request.body = request.body.replace('100', '900'))),
    );
    await refusedFor(
      'digest-mismatch',
      post((request) => (request.body += ' ')),
    );
    await refusedFor(
      'key-or-signature',
      post((request) => {
        request.body = request.body.replace('100', '900');
        request.headers['content-digest'] =
          `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`;
      }),
    );
    await refusedFor(
      'key-or-signature',
      post((request) => (request.path = '/v1/consents')),
    );
    await refusedFor(
      'key-or-signature',
      post((request) => (request.path += '?a=b')),
    );
    await refusedFor(
      'key-or-signature',
      post((request) => (request.headers['idempotency-key'] = randomUUID())),
    );
    const { token } = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    await refusedFor(
      'key-or-signature',
      post((request) => (request.headers['authorization'] = `Bearer ${token}`)),
    );
    await refusedFor(
      'key-or-signature',
      post((request) => (request.headers['authorization'] = `Bearer ${other.token}`)),
    );
    const list = signRequest(signer, toSign('/v1/charges?limit=2'));
    await refusedFor('key-or-signature', send('/v1/charges?limit=3', { method: 'GET', headers: list }));
    await refusedFor('key-or-signature', send('/v1/charges', { method: 'GET', headers: list }));
    const asked = toSign('/v1/charges', { method: 'POST' });
    await refusedFor(
      'key-or-signature',
      send('/v1/charges', { method: 'GET', headers: signRequest(signer, asked) }),
    );
  });

  it('is accepted once, of two at once too, and a repetition is signed again', async () => {
    const body = usage();
    const request = toSign('/v1/usage-charges', { body });
    const headers = signRequest(signer, request);
    const both = await Promise.all(
      [1, 2].map(() => send('/v1/usage-charges', { method: 'POST', headers, body })),
    );
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((one, other) => one - other),
      [201, 401],
    );
    assert.equal(both.find(({ status }) => status === 401)?.reason, 'nonce-used');
    const again = signRequest(signer, request);
    const repeated = await send('/v1/usage-charges', { method: 'POST', headers: again, body });
    assert.deepEqual([repeated.status, repeated.headers.get('idempotent-replayed')], [201, 'true']);
    const nonce = 'a-nonce-that-is-used';
    assert.equal((await sendSigned('/v1/charges', { nonce })).status, 200);
    await refusedFor('nonce-used', sendSigned('/v1/charges', { nonce }));
  });

  it('is refused five minutes before and after its time', async () => {
    for (const ms of [-299_000, 299_000])
      assert.equal((await sendSigned('/v1/charges', { now: at(ms) })).status, 200);
    for (const ms of [-302_000, 302_000])
      await refusedFor('created-out-of-range', sendSigned('/v1/charges', { now: at(ms) }));
  });

  it('is refused alike with the key of another company, a revoked one, an unknown one and a wrong signature', async () => {
    await refusedFor('key-or-signature', sendSigned('/v1/charges', {}, other.signer));
    const revoked = await makeSigner(world.deps, world.sale.company.id);
    assert.equal((await sendSigned('/v1/charges', {}, revoked)).status, 200);
    await revokeSigningKey(world.deps, staff(), { id: revoked.keyId });
    await refusedFor('key-or-signature', sendSigned('/v1/charges', {}, revoked));
    await refusedFor(
      'key-or-signature',
      sendSigned('/v1/charges', {}, { ...signer, keyId: world.deps.ids.next() }),
    );
    await refusedFor(
      'key-or-signature',
      sendSigned('/v1/charges', {}, { ...signer, privateKey: other.signer.privateKey }),
    );
    await refusedFor('key-or-signature', sendSigned('/v1/charges', { parameters: ';alg="rsa-pss-sha512"' }));
  });

  it('covers what decides, and says who signed, when and by what', async () => {
    const all = ['@method', '@target-uri', 'authorization', 'idempotency-key', 'content-digest'];
    for (const missing of all)
      await refusedFor(
        'component-missing',
        sendSigned('/v1/usage-charges', {
          body: usage(),
          components: all.filter((name) => name !== missing),
        }),
      );
    for (const missing of ['@authority', '@path', '@query']) {
      const components = ['@method', 'authorization', '@authority', '@path', '@query'].filter(
        (name) => name !== missing,
      );
      await refusedFor('component-missing', sendSigned('/v1/charges', { components }));
    }
    await refusedFor(
      'component-missing',
      sendSigned('/v1/charges', { components: [...all.slice(0, 3), 'x-absent'] }),
    );
    await refusedFor(
      'component-unsupported',
      sendSigned('/v1/charges', { components: [...all.slice(0, 3), '@status'] }),
    );
    await refusedFor('parameter-missing', sendSigned('/v1/charges', { nonce: 'short' }));
    await refusedFor(
      'algorithm-unsupported',
      sendSigned('/v1/charges', { parameters: ';alg="hmac-sha256"' }),
    );
    const headers = signRequest(signer, toSign('/v1/charges'));
    const { 'signature-input': input = '', signature = '', ...unsigned } = headers;
    for (const wrong of [
      { ...unsigned, signature },
      { ...unsigned, 'signature-input': input },
      { ...unsigned, signature, 'signature-input': input.replace('sig1', 'sig2') },
      { ...unsigned, signature: `${signature}, sig2=:AAAA:`, 'signature-input': `${input}, sig2=()` },
      { ...unsigned, signature: 'sig1=:****:', 'signature-input': input },
      { ...unsigned, signature: 'sig1=1', 'signature-input': input },
      { ...unsigned, signature, 'signature-input': 'sig1=1' },
      { ...unsigned, signature: '', 'signature-input': '' },
      { ...unsigned, signature, 'signature-input': input.replace('"@method"', '"@method" "@method"') },
    ])
      await refusedFor('malformed', send('/v1/charges', { method: 'GET', headers: wrong }));
    for (const parameter of ['created', 'keyid', 'nonce']) {
      const left = input.replace(new RegExp(`;${parameter}=[^;]+`), '');
      await refusedFor(
        'parameter-missing',
        send('/v1/charges', { method: 'GET', headers: { ...headers, 'signature-input': left } }),
      );
    }
    const bound = input.replace('"@method"', '"@method";req');
    await refusedFor(
      'component-unsupported',
      send('/v1/charges', { method: 'GET', headers: { ...headers, 'signature-input': bound } }),
    );
  });

  it('is checked as an unsigned one is after that', async () => {
    const long = JSON.stringify({ ...(JSON.parse(usage()) as object), description: 'x'.repeat(70_000) });
    const bomb = gzipSync(long);
    assert.deepEqual(await sent(long), [413, 'body-too-large']);
    assert.deepEqual(await sent(bomb, { 'content-encoding': 'gzip' }), [413, 'body-too-large']);
    assert.deepEqual(await sent('{'), [400, 'invalid-json']);
    assert.deepEqual(await sent('1'), [400, 'invalid-json']);
    assert.deepEqual(await sent('{"__proto__":{"amount":1}}'), [400, 'invalid-json']);
    assert.deepEqual(await sent(Buffer.from([0x7b, 0xff, 0x7d])), [400, 'invalid-json']);
    assert.deepEqual(await sent('{}', { 'content-encoding': 'zstd' }), [415, 'unsupported-media-type']);
    assert.deepEqual(await sent('{}'), [400, 'invalid-request']);
  });

  it('can be made compulsory for an API key, and by the contract for all of them', async () => {
    const sale = await makeSale(world.deps);
    const by = await makeSigner(world.deps, sale.company.id);
    const { token, id } = await makeApiKey(world.deps, { companyId: sale.company.id });
    const headers = { authorization: `Bearer ${token}` };
    const unsigned = async () => {
      const { status, code } = await send('/v1/charges', { method: 'GET', headers });
      return code ?? status;
    };
    const signedToo = async () => (await sendSigned('/v1/charges', { headers }, by)).status;
    assert.deepEqual([await unsigned(), await signedToo()], [200, 200]);
    await requireSignature(world.deps, staff(), { id, isRequired: true });
    assert.deepEqual([await unsigned(), await signedToo()], ['signature-required', 200]);
    await requireSignature(world.deps, staff(), { id, isRequired: false });
    assert.equal(await unsigned(), 200);
    const sql = sqlOf(world.deps.orm.em.fork());
    await sql
      .updateTable('contract')
      .set({ signedRequests: true })
      .where('companyId', '=', sale.company.id)
      .execute();
    assert.deepEqual([await unsigned(), await signedToo()], ['signature-required', 200]);
    await sql
      .updateTable('contract')
      .set({ validFrom: '2030-01-01' })
      .where('companyId', '=', sale.company.id)
      .execute();
    assert.equal(await unsigned(), 200);
  });
});
