import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { deleteOldIdempotencyKeys } from '../../../src/api/idempotency/idempotency-records.ts';
import { countRows, countWritten, createApiWorld, type ApiWorld } from '../../support/api-world.ts';
import { makeApiKey } from '../../support/factories.ts';
import { apiClient, serveApp } from '../../support/http-client.ts';

describe('Idempotency-Key', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld({ LINE_MONTHLY_LIMIT: '1000000' });
  });
  after(() => world.close());

  const use = (over: Record<string, unknown> = {}) => ({
    consent: world.consent,
    amount: 100,
    tax_code: 'standard',
    description: '楽曲',
    ...over,
  });
  const post = (key: string | null, body: unknown = use(), path = '/v1/usage-charges') =>
    world.api.post(path, body, { key });
  const countCharges = () => countRows(world.deps, 'charge');

  it('is asked for on every POST', async () => {
    const { status, body } = await post(null);
    assert.deepEqual([status, body['code']], [400, 'idempotency-key-missing']);
  });

  for (const key of ['""', '"', '"a', 'a b', '"a b"', 'é', 'x'.repeat(256), '"a"b"', 'a, b']) {
    it(`refuses the key ${key.slice(0, 20)}`, async () => {
      const { status, body } = await post(key);
      assert.deepEqual([status, body['code']], [400, 'idempotency-key-invalid']);
    });
  }

  it('gives the first answer again, word for word, and charges once', async () => {
    const charges = await countCharges();
    const first = await post('again');
    const second = await post('again');
    assert.deepEqual([first.status, second.status, second.text], [201, 201, first.text]);
    assert.equal(first.headers.get('idempotent-replayed'), null);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    assert.equal(await countCharges(), charges + 1);
  });

  it('takes the quoted and the bare form for the same key', async () => {
    const first = await post('quoted"or\\bare');
    const second = await post('"quoted\\"or\\\\bare"');
    assert.equal(second.text, first.text);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
  });

  it('takes a body with its members in another order for the same request', async () => {
    const { consent, ...rest } = use();
    const first = await post('order');
    const second = await post('order', { ...rest, consent });
    assert.equal(second.text, first.text);
  });

  it('refuses the key for another body, another address and another path', async () => {
    const { body: charge } = await post('reused');
    for (const [body, path] of [
      [use({ amount: 101 }), '/v1/usage-charges'],
      [{ charges: [use()] }, '/v1/usage-charges/batch'],
      [{}, `/v1/charges/${String(charge['id'])}/cancel`],
    ] as const) {
      const reply = await post('reused', body, path);
      assert.deepEqual([reply.status, reply.body['code']], [422, 'idempotency-key-reused']);
    }
  });

  it('belongs to one company', async () => {
    await post('shared');
    const other = await world.other.post('/v1/usage-charges', use(), { key: 'shared' });
    assert.deepEqual([other.status, other.body['code']], [404, 'consent-not-found']);
    assert.equal(other.headers.get('idempotent-replayed'), null);
  });

  it('remembers a refusal, though what was refused would be allowed now', async () => {
    const first = await post('refused', use({ amount: 20_000 }));
    assert.deepEqual([first.status, first.body['code']], [422, 'amount-above-contract']);
    const second = await post('refused', use({ amount: 20_000 }));
    assert.equal(second.text, first.text);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    assert.match(second.headers.get('content-type') ?? '', /^application\/problem\+json/);
  });

  it('does not remember a request that never began', async () => {
    assert.equal((await post('later', use({ amount: 0 }))).status, 400);
    assert.equal((await post('later')).status, 201);
  });

  it('makes one charge of 50 requests at the same time', async () => {
    const charges = await countCharges();
    const replies = await Promise.all(Array.from({ length: 50 }, () => post('parallel')));
    const made = replies.filter(({ status }) => status === 201);
    const running = replies.filter(({ status }) => status === 409);
    assert.equal(made.length + running.length, 50);
    assert.equal(made.filter(({ headers }) => headers.get('idempotent-replayed') === null).length, 1);
    assert.equal(new Set(made.map(({ text }) => text)).size, 1);
    for (const { body, headers } of running) {
      assert.equal(body['code'], 'idempotency-key-in-use');
      assert.equal(headers.get('retry-after'), '1');
    }
    assert.equal(await countCharges(), charges + 1);
    assert.equal((await post('parallel')).text, made[0]?.text);
  });

  it('makes one charge of requests at the same time to two processes', async () => {
    // A second application knows nothing of the keys that run in the first: the database alone decides.
    const second = await serveApp(world.deps);
    const { token } = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    const clients = [apiClient(world.origin, token), apiClient(second.origin, token)];
    try {
      for (let round = 0; round < 10; round += 1) {
        const before = await countWritten(world.deps);
        const key = `two-${round}`;
        const replies = await Promise.all(
          clients.map((api) => api.post('/v1/usage-charges', use(), { key })),
        );
        const texts = replies.filter(({ status }) => status === 201).map(({ text }) => text);
        assert.equal(new Set(texts).size, 1);
        assert.ok(replies.every(({ status }) => status === 201 || status === 409));
        const after = await countWritten(world.deps);
        assert.equal(after['charge'], (before['charge'] ?? 0) + 1);
        assert.equal(after['ledger_entry'], (before['ledger_entry'] ?? 0) + 1);
      }
    } finally {
      await second.close();
    }
  });

  it('is forgotten after seven days, and not before', async () => {
    await post('old');
    world.clock.advance(7 * 24 * 60 * 60_000 - 1);
    assert.equal(await deleteOldIdempotencyKeys(world.deps), 0);
    await post('young');
    world.clock.advance(2);
    const keys = await countRows(world.deps, 'idempotency_key');
    assert.equal(await deleteOldIdempotencyKeys(world.deps), keys - 1);
  });
});
