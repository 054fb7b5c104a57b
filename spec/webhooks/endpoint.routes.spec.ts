import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { appendEvents } from '../../src/events/append-events.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { createEndpoint } from '../../src/webhooks/create-endpoint.ts';
import { typesOf } from '../../src/webhooks/endpoint.queries.ts';
import type { PresentedEndpoint } from '../../src/webhooks/endpoint.presenter.ts';
import { job, userOf } from '../support/actors.ts';
import { createHookWorld, type HookWorld } from './hook-world.ts';

const SINCE = { since: '2026-05-01T00:00:00.000Z' };

describe('/v1/webhook-endpoints', () => {
  let world: HookWorld;
  before(async () => (world = await createHookWorld()));
  after(() => world.close());

  it('creates one with a secret that is shown once, not when the request is repeated, and stored encrypted', async () => {
    const body = { url: 'https://video.example/hooks', event_types: ['charge.captured'], signing_key: true };
    const key = 'create-once';
    const created = await world.api.post<PresentedEndpoint>('/v1/webhook-endpoints', body, { key });
    assert.equal(created.status, 201);
    const { secret } = created.body;
    assert.match(secret ?? '', /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.match(created.body.public_key ?? '', /^whpk_[A-Za-z0-9+/]{43}=$/);
    const again = await world.api.post<PresentedEndpoint>('/v1/webhook-endpoints', body, { key });
    assert.deepEqual(again.body, { ...created.body, secret: null });
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.deepEqual(await world.get(created.body), { ...created.body, secret: null });
    const db = sqlOf(world.deps.orm.em.fork());
    const rows = JSON.stringify([
      await db.selectFrom('webhook_endpoint').select(['id', 'secret', 'signingKey']).execute(),
      await db.selectFrom('idempotency_key').select('answer').execute(),
      await db.selectFrom('audit_entry').select(['subject', 'facts']).execute(),
    ]);
    assert.ok(rows.includes(created.body.id.slice(3)));
    assert.ok(!rows.includes(secret!.slice(6, 40)));
  });

  it('refuses addresses that are not on the public internet or not https, and types that there are not', async () => {
    for (const url of [
      'http://video.example/hooks',
      'https://10.0.0.1/',
      'https://[fd00::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://169.254.169.254/latest',
      'https://0x0a000001/',
      'https://user:pw@video.example/',
      'https://video.example/#part',
      'ftp://video.example/',
      'https://93.184.215.14/',
      'https://video/hooks',
      'https://video.example:99999/',
      'nothing',
    ]) {
      const { status, body } = await world.api.post('/v1/webhook-endpoints', { url });
      assert.equal(status, 400, url);
      assert.equal((body['errors'] as { pointer: string }[])[0]?.pointer, '/url', url);
    }
    const url = 'https://video.example/';
    for (const types of [[], ['settlement.drafted'], ['charge.captured', 'charge.captured']]) {
      const { status } = await world.api.post('/v1/webhook-endpoints', { url, event_types: types });
      assert.equal(status, 400);
    }
  });

  it('changes what is given, switches off and on, and deletes', async () => {
    const { id } = await world.endpoint('https://video.example/a', { description: '受注' });
    const at = `/v1/webhook-endpoints/${id}`;
    const edited = await world.api.patch(at, { event_types: ['charge.refunded'] });
    assert.deepEqual(
      [edited.body['description'], edited.body['event_types'], edited.body['url']],
      ['受注', ['charge.refunded'], 'https://video.example/a'],
    );
    const off = await world.api.patch(at, { state: 'disabled', description: null, event_types: null });
    assert.deepEqual(
      [off.body['state'], off.body['state_reason'], off.body['description'], off.body['event_types']],
      ['disabled', 'company', null, null],
    );
    assert.equal((await world.api.post(`${at}/test`)).body['code'], 'webhook-endpoint-disabled');
    assert.equal((await world.api.post(`${at}/replay`, SINCE)).status, 409);
    const on = await world.api.patch(at, { state: 'enabled' });
    assert.deepEqual([on.body['state'], on.body['state_reason']], ['enabled', null]);
    assert.equal((await world.api.delete(at)).status, 200);
    assert.equal((await world.api.get(at)).status, 404);
    assert.equal((await world.api.delete(at)).status, 404);
    const { body } = await world.api.get<{ items: PresentedEndpoint[] }>('/v1/webhook-endpoints');
    assert.ok(body.items.every((item) => item.id !== id));
  });

  it('needs the scope, and finds nothing of another company', async () => {
    const { id } = await world.endpoint('https://video.example/b');
    const at = `/v1/webhook-endpoints/${id}`;
    const reader = await world.withScopes('webhooks:read');
    const nobody = await world.withScopes('events:read');
    const writes = [
      (client = world.api) => client.patch(at, { description: 'x' }),
      (client = world.api) => client.delete(at),
      (client = world.api) => client.post(`${at}/rotate-secret`, {}),
      (client = world.api) => client.post(`${at}/test`),
      (client = world.api) => client.post(`${at}/replay`, SINCE),
    ];
    for (const write of writes) {
      assert.equal((await write(world.other)).status, 404);
      assert.equal((await write(reader)).status, 403);
      assert.equal((await write(world.anonymous)).status, 401);
    }
    for (const path of [at, `${at}/deliveries`]) {
      assert.equal((await reader.get(path)).status, 200);
      assert.equal((await world.other.get(path)).status, 404);
      assert.equal((await nobody.get(path)).status, 403);
    }
    assert.equal((await world.api.post(`${at}/replay`, {})).status, 400);
    const leap = await world.api.post(`${at}/replay`, { since: '2026-04-30T23:59:60Z' });
    assert.equal((leap.body['errors'] as { pointer: string }[])[0]?.pointer, '/since');
    const unknown = { event: 'evt_01JV5Q8Z3M7N2X4K6T9W1B0C5D' };
    assert.equal((await world.api.post(`${at}/replay`, unknown)).body['code'], 'event-not-found');
    assert.equal((await world.api.post(`${at}/rotate-secret`, { overlap_hours: 169 })).status, 400);
  });

  it('sends a key and a developer only the types that they may read', async () => {
    const url = 'https://video.example/c';
    const paid = { url, event_types: ['payout.sent'] };
    const seller = await world.withScopes('webhooks:read webhooks:write events:read charges:read');
    const refused = await seller.post('/v1/webhook-endpoints', paid);
    assert.deepEqual([refused.status, refused.body['scope']], [403, 'settlements:read']);
    const made = await seller.post<PresentedEndpoint>('/v1/webhook-endpoints', { url });
    const types = made.body.event_types ?? [];
    assert.ok(types.includes('charge.captured') && types.includes('company.suspended'));
    assert.ok(!types.includes('payout.sent') && !types.includes('charge.refunded'));
    const at = `/v1/webhook-endpoints/${made.body.id}`;
    assert.equal((await seller.patch(at, { event_types: paid.event_types })).status, 403);
    const edited = await seller.patch<PresentedEndpoint>(at, { url: `${url}/d`, event_types: null });
    assert.deepEqual([edited.status, edited.body.event_types], [200, types]);
    // Who names the address reads what is sent there.
    const whole = await world.endpoint(url);
    assert.equal(whole.event_types, null);
    const moved = await seller.patch(`/v1/webhook-endpoints/${whole.id}`, { url: `${url}/d` });
    assert.equal(moved.body['code'], 'api-key-scope-missing');
    assert.equal((await seller.patch(`/v1/webhook-endpoints/${whole.id}`, { description: 'x' })).status, 200);
    const developer = userOf(world.sale.company.id, 'developer');
    const { endpoint } = await createEndpoint(world.deps, developer, { url });
    const wanted = typesOf(endpoint);
    assert.ok(wanted.includes('charge.refunded') && !wanted.includes('settlement.approved'));
    await assert.rejects(createEndpoint(world.deps, developer, { url, eventTypes: ['clawback.booked'] }), {
      code: 'permission-denied',
    });
  });

  it('sends nobody an event again that they may not read', async () => {
    const snapshot = {
      kind: 'settlement',
      amountMinor: 1n,
      reference: 'S-1',
      payOn: '2026-07-31',
    } as const;
    const companyId = world.sale.company.id;
    await inTransaction(world.deps, (tx) =>
      appendEvents(tx, [{ type: 'payout.sent', subject: 'p1', companyId, snapshot }]),
    );
    await publishEvents(world.deps, job('publish-events'));
    const { body } = await world.api.get<{ items: { id: string }[] }>('/v1/events?type=payout.sent');
    const again = { event: body.items[0]!.id };
    const { id } = await world.endpoint('https://video.example/e', { event_types: ['charge.captured'] });
    const seller = await world.withScopes('webhooks:write');
    const path = `/v1/webhook-endpoints/${id}/replay`;
    assert.equal((await seller.post(path, again)).body['code'], 'event-not-found');
    assert.equal((await world.api.post(path, again)).status, 201);
  });

  it('has twenty at most, however many are created at once', async () => {
    const create = () => world.other.post('/v1/webhook-endpoints', { url: 'https://video.example/' });
    const replies = await Promise.all(Array.from({ length: 22 }, create));
    const codes = replies.map(({ status, body }) => (status === 201 ? 'created' : body['code']));
    assert.equal(codes.filter((code) => code === 'created').length, 20);
    assert.equal(codes.filter((code) => code === 'too-many-webhook-endpoints').length, 2);
    const { body } = await world.other.get<{ items: { id: string }[] }>('/v1/webhook-endpoints?limit=1');
    assert.equal((await world.other.delete(`/v1/webhook-endpoints/${body.items[0]!.id}`)).status, 200);
    assert.equal((await create()).status, 201);
  });
});
