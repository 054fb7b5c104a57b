import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MAX_REFUSED_PER_MINUTE, MAX_SUCCEEDED_PER_MINUTE } from '../../src/request-log/note-request.ts';
import { purgeRequests } from '../../src/request-log/purge-requests.ts';
import {
  countLoggedRequests,
  getLoggedRequest,
  listLoggedRequests,
} from '../../src/request-log/request-log.queries.ts';
import { MAX_PARSED_LENGTH, showBody } from '../../src/request-log/shown-body.rules.ts';
import { storeRequests } from '../../src/request-log/store-requests.ts';
import { userOf } from '../support/actors.ts';
import { countRows, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeApiKey } from '../support/factories.ts';
import { apiClient } from '../support/http-client.ts';

const MINUTE_MS = 60_000;

describe('a body in the log', () => {
  it('has no secret in it, wherever one stands, and no query of an address', () => {
    const shown = showBody(
      JSON.stringify({
        secret: 'a1b2',
        nested: [{ api_key: 'a1b2', password: 'a1b2', Authorization: 'a1b2', access_token: { a: 'a1b2' } }],
        note: 'send tbn_01KRGZ7Q8N3V5W9X2Y4Z6A8B0C_a1b2a1b2a1b2a1b2a1b2a1b2 or whsec_a1b2a1b2',
        confirm_url: 'https://pay.example/checkout/a1b2',
        return_url: 'https://shop.example/orders?customer=a1b2#a1b2',
        key: `tbs_abcdefghjkmn_01KRGZ7Q8N3V5W9X2Y4Z6A8B0C_${'a1b2'.repeat(10)}_-a`,
        to_kind: 'telephone',
        to: 'a1b2-1234-5678',
        signing_secret: null,
        amount: 550,
        description: '映画',
      }),
    );
    assert.ok(shown);
    assert.doesNotMatch(shown, /a1b2/);
    assert.match(shown, /"to": "…5678"/);
    assert.match(shown, /"amount": 550/);
    assert.match(shown, /"description": "映画"/);
    assert.match(shown, /"return_url": "https:\/\/shop.example\/orders\?…"/);
    assert.match(shown, /"signing_secret": null/);
    assert.match(shown, /tbs_abcdefghjkmn_01KRGZ7Q8N3V5W9X2Y4Z6A8B0C_\[redacted\]"/);
    assert.match(shown, /tbn_01KRGZ7Q8N3V5W9X2Y4Z6A8B0C_\[redacted\]/);
  });

  it('has the end alone of an addressee of whatever type', () => {
    for (const [to, shown] of [
      [9012345678, '…5678'],
      [{ line: 'a1b2' }, '[redacted]'],
      [['a1b2', 12345678], '[redacted]'],
      [null, null],
    ])
      assert.deepEqual(JSON.parse(showBody(JSON.stringify({ to }))!), { to: shown });
  });

  it('is bounded, and JSON', () => {
    for (const text of [undefined, '', '{', 'x'.repeat(MAX_PARSED_LENGTH + 1), '['.repeat(9_000)])
      assert.equal(showBody(text), undefined);
    const long = showBody(JSON.stringify({ a: '😀'.repeat(3_000) }))!;
    assert.ok(long.length <= 4_001 && long.isWellFormed());
  });
});

describe('the log of requests', () => {
  let world: ApiWorld;
  const developer = () => userOf(world.sale.company.id, 'developer');
  const list = (over = {}) => listLoggedRequests(world.deps, developer(), { limit: 500, ...over });
  /** The log is noted when a response is closed, a moment after the client has it. */
  const stored = async (count: number) => {
    for (let sum = 0; sum < count;) sum += await storeRequests(world.deps);
  };
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  it('has what was sent and answered, for its company alone, found by request id', async () => {
    const item = { consent: world.consent, amount: 100, tax_code: 'standard', description: '映画' };
    const made = await world.api.post<{ id: string }>('/v1/usage-charges', item, { key: 'order-1001' });
    const refused = await world.api.post('/v1/usage-charges', { ...item, amount: 0 });
    await world.api.get('/v1/charges/ch_01JV5Q8Z3M7N2X4K6T9W1B0C5D');
    await world.other.get('/v1/charges');
    await world.anonymous.get('/v1/charges');
    await apiClient(world.origin, 'tbn_x').get('/v1/charges');
    await stored(4);
    assert.deepEqual(
      (await list())
        .map(({ method, route, status, problem }) => [method, route, status, problem])
        .toReversed(),
      [
        ['POST', '/v1/usage-charges', 201, null],
        ['POST', '/v1/usage-charges', 400, 'invalid-request'],
        ['GET', '/v1/charges/:id', 404, 'charge-not-found'],
      ],
    );
    const [found] = await list({ requestId: made.headers.get('x-request-id') ?? '' });
    const request = await getLoggedRequest(world.deps, developer(), found!.id);
    assert.deepEqual(JSON.parse(request.requestBody!), item);
    assert.equal((JSON.parse(request.responseBody!) as { id: string }).id, made.body.id);
    assert.deepEqual(
      [request.idempotencyKey, request.address, request.label],
      ['order-1001', '127.0.0.1', 'test'],
    );
    const [other] = await list({ requestId: refused.headers.get('x-request-id') ?? '' });
    const ofOther = await getLoggedRequest(world.deps, developer(), other!.id);
    assert.match(ofOther.responseBody!, /\/amount/);
    const stranger = userOf(world.sale.company.id + 1_000, 'developer');
    await assert.rejects(getLoggedRequest(world.deps, stranger, found!.id), { code: 'not-found' });
    assert.deepEqual(await listLoggedRequests(world.deps, stranger, { limit: 5 }), []);
    assert.equal((await list({ outcome: 'refused' })).length, 2);
    assert.equal((await list({ outcome: 'failed' })).length, 0);
    assert.equal((await list({ path: '/v1/usage' })).length, 2);
    assert.equal((await list({ path: '%' })).length, 0);
    assert.equal((await list({ since: new Date(world.clock.now().getTime() + 1) })).length, 0);
    assert.equal((await list({ apiKeyId: request.apiKeyId })).length, 3);
    assert.equal((await list({ after: found!.id })).length, 0);
  });

  it('never shows a secret that the API shows once', async () => {
    const made = await world.api.post<{ secret: string }>('/v1/webhook-endpoints', {
      url: 'https://shop.example/hook?token=a1b2c3',
    });
    assert.equal(made.status, 201);
    await stored(1);
    const [found] = await list({ path: '/v1/webhook-endpoints' });
    const row = JSON.stringify(await getLoggedRequest(world.deps, developer(), found!.id));
    assert.ok(!row.includes(made.body.secret) && !row.includes('a1b2c3'), row);
  });

  it('keeps no body of an operation that developers have no permission for, and the code of its problem', async () => {
    const answers = [
      await world.api.get('/v1/settlements'),
      await world.api.get('/v1/settlements?limit=0'),
      await world.api.post('/v1/charges/ch_01JV5Q8Z3M7N2X4K6T9W1B0C5D/refunds', { amount: 1 }),
      await world.api.get('/v1/charges'),
    ];
    await stored(answers.length);
    const rows = [];
    for (const { headers } of answers) {
      const [found] = await list({ requestId: headers.get('x-request-id') ?? '' });
      const { status, requestBody, responseBody, problem } = await getLoggedRequest(
        world.deps,
        developer(),
        found!.id,
      );
      rows.push([status, requestBody, responseBody !== null, problem]);
    }
    assert.deepEqual(rows.slice(0, 2), [
      [200, null, false, null],
      [400, null, false, 'invalid-request'],
    ]);
    assert.deepEqual([rows[2]![1], rows[2]![2], typeof rows[2]![3]], [null, false, 'string']);
    assert.deepEqual(rows[3], [200, null, true, null]);
  });

  it('takes some of each minute, and counts the others', async () => {
    const { company } = world.sale;
    const key = await makeApiKey(world.deps, { companyId: company.id });
    world.clock.advance(MINUTE_MS);
    const client = apiClient(world.origin, key.token);
    const before = await countLoggedRequests(world.deps, developer());
    const sent = MAX_SUCCEEDED_PER_MINUTE + 5;
    const refused = MAX_REFUSED_PER_MINUTE + 5;
    for (let count = 0; count < sent; count++) await client.get('/v1/charges?limit=1');
    for (let count = 0; count < refused; count++) await client.get('/v1/charges?limit=0');
    await stored(MAX_SUCCEEDED_PER_MINUTE + MAX_REFUSED_PER_MINUTE);
    await storeRequests(world.deps);
    assert.equal(
      (await list({ apiKeyId: key.id })).length,
      MAX_SUCCEEDED_PER_MINUTE + MAX_REFUSED_PER_MINUTE,
    );
    const counts = await countLoggedRequests(world.deps, developer());
    assert.equal(counts.seen - before.seen, sent + refused);
    assert.equal(counts.logged - before.logged, MAX_SUCCEEDED_PER_MINUTE + MAX_REFUSED_PER_MINUTE);
    world.clock.advance(MINUTE_MS);
    await client.get('/v1/charges?limit=1');
    await stored(1);
    assert.equal(
      (await list({ apiKeyId: key.id, outcome: 'succeeded' })).length,
      MAX_SUCCEEDED_PER_MINUTE + 1,
    );
  });

  it('does without what it cannot write, and no request is lost for it', async () => {
    world.clock.advance(MINUTE_MS);
    const before = await countLoggedRequests(world.deps, developer());
    assert.equal((await world.api.get('/v1/charges?limit=1')).status, 200);
    const broken = { ...world.deps, ids: { next: () => 'x'.repeat(40) } };
    const tries = async (): Promise<void> => {
      try {
        await storeRequests(broken);
      } catch {
        return;
      }
      await tries();
    };
    await tries();
    const counts = await countLoggedRequests(world.deps, developer());
    assert.deepEqual([counts.seen - before.seen, counts.logged - before.logged], [1, 0]);
  });

  it('forgets requests after thirty days', async () => {
    const rows = await countRows(world.deps, 'api_request');
    world.clock.advance(29 * 24 * 60 * MINUTE_MS);
    assert.equal(await purgeRequests(world.deps), 0);
    world.clock.advance(2 * 24 * 60 * MINUTE_MS);
    assert.equal(await purgeRequests(world.deps), rows);
    assert.deepEqual(await countLoggedRequests(world.deps, developer()), { seen: 0, logged: 0 });
  });
});
