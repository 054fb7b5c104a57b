import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { insertRows } from '../../src/database/rows.ts';
import { runStatement } from '../../src/database/statement-pipeline.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { newDelivery } from '../../src/webhooks/new-delivery.ts';
import { MAX_PENDING, planDeliveries } from '../../src/webhooks/plan-deliveries.ts';
import { purgeWebhooks } from '../../src/webhooks/purge-webhooks.ts';
import { createHookWorld, type HookWorld } from './hook-world.ts';
import { status, type Receiver } from './receiver.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('what is sent to an endpoint, and again', () => {
  let world: HookWorld;
  let deps: Deps;
  let receiver: Receiver;
  let endpoint: Awaited<ReturnType<HookWorld['endpoint']>>;
  before(async () => {
    world = await createHookWorld();
    deps = world.deps;
    world.clock.set(new Date());
  });
  after(() => world.close());
  beforeEach(async () => {
    const { body } = await world.api.get<{ items: { id: string }[] }>('/v1/webhook-endpoints?limit=100');
    for (const { id } of body.items) await world.api.delete(`/v1/webhook-endpoints/${id}`);
    receiver = await world.receiver();
    endpoint = await world.endpoint(receiver.url);
  });

  it('does not send what happened before the endpoint was created, though it is published later', async () => {
    await world.happens(2);
    world.clock.advance(2 * HOUR_MS);
    const late = await world.receiver();
    const created = await world.endpoint(late.url);
    await world.happens();
    assert.equal((await world.deliver()).planned, 4);
    assert.deepEqual([receiver.received.length, late.received.length], [3, 1]);
    const [delivery] = await world.deliveriesOf(created);
    const event = await world.api.get<{ occurred_at: string }>(`/v1/events/${delivery!.event}`);
    assert.ok(event.body.occurred_at >= created.created_at);
  });

  it('sends at once to a new address, whatever the former one did', async () => {
    receiver.answer(status(500, { 'retry-after': '600' }));
    await world.happens();
    await world.deliver();
    assert.notEqual((await world.get(endpoint)).failing_since, null);
    const repaired = await world.receiver();
    const at = `/v1/webhook-endpoints/${endpoint.id}`;
    await world.api.patch(at, { url: receiver.url });
    assert.notEqual((await world.get(endpoint)).failing_since, null, 'it is the same address');
    await world.api.patch(at, { url: repaired.url });
    assert.equal((await world.get(endpoint)).failing_since, null);
    await world.happens();
    await world.deliver();
    assert.equal(repaired.received.length, 1);
  });

  it('has one test and one replay of an endpoint at a time, however many are asked for at once', async () => {
    await world.happens(2);
    await world.deliver();
    const at = `/v1/webhook-endpoints/${endpoint.id}`;
    const since = new Date(deps.clock.now().getTime() - HOUR_MS).toISOString();
    for (const ask of [
      () => world.api.post(`${at}/test`),
      () => world.api.post(`${at}/replay`, { since, only_missed: false }),
    ]) {
      const replies = await Promise.all([ask(), ask(), ask()]);
      const codes = replies.map(({ status: code, body }) => (code === 201 ? 'done' : body['code']));
      const refused = codes.filter((code) => code === 'webhook-endpoint-busy');
      assert.deepEqual([refused.length, codes.includes('done')], [2, true]);
    }
    await world.deliver();
    await world.deliver();
    assert.equal((await world.api.post(`${at}/test`)).status, 201);
    assert.equal((await world.api.post(`${at}/replay`, { since })).status, 201);
  });

  it('refuses more for an endpoint for which 2,000 wait, whose replays hold up no other’s', async () => {
    world.clock.advance(1_000);
    await world.happens();
    await world.deliver();
    const { event } = (await world.deliveriesOf(endpoint))[0]!;
    const [endpointId, eventId] = [endpoint.id.slice(3), event!.slice(4)];
    const rows = Array.from({ length: MAX_PENDING }, () =>
      newDelivery(deps, { endpointId, kind: 'replay', eventId }),
    );
    const now = deps.clock.now();
    // As one endpoint could have them by a former version.
    const replays = Array.from({ length: 25 }, () => ({
      id: deps.ids.next(),
      endpointId,
      nextSequence: 1n,
      throughSequence: 1n,
      onlyMissed: false,
      requestedAt: now,
    }));
    await inTransaction(deps, async (tx) => {
      await runStatement(tx.em, insertRows('webhook_delivery', rows as never));
      await runStatement(tx.em, insertRows('webhook_replay', replays as never));
    });
    const at = `/v1/webhook-endpoints/${endpoint.id}`;
    for (const reply of [await world.api.post(`${at}/test`), await world.api.post(`${at}/replay`, { event })])
      assert.deepEqual([reply.status, reply.body['code']], [409, 'webhook-endpoint-busy']);
    const another = await world.endpoint(receiver.url);
    const since = now.toISOString();
    const path = `/v1/webhook-endpoints/${another.id}/replay`;
    assert.equal((await world.api.post(path, { since })).body['events'], 1);
    assert.equal(await planDeliveries(deps), 1);
    assert.equal((await world.deliveriesOf(another)).length, 1);
    await world.api.patch(at, { state: 'disabled' });
    await world.api.patch(at, { state: 'enabled' });
    const asked = { key: 'asked-while-busy' };
    assert.equal((await world.api.post(`${at}/test`)).status, 201);
    assert.equal((await world.api.post(`${at}/test`, undefined, asked)).status, 409);
    await world.api.patch(at, { state: 'disabled' });
    await world.api.patch(at, { state: 'enabled' });
    assert.equal(
      (await world.api.post(`${at}/test`, undefined, asked)).status,
      201,
      'the same request, once there is room',
    );
    assert.equal((await world.api.post(`${at}/replay`, { since })).status, 201, 'nothing waits any more');
  });

  it('replays the days alone for which it is known what was accepted, and keeps that until a replay is over', async () => {
    world.clock.advance(1_000);
    const since = deps.clock.now().toISOString();
    const at = `/v1/webhook-endpoints/${endpoint.id}/replay`;
    await world.happens();
    await world.deliver();
    world.clock.advance(30 * DAY_MS);
    assert.equal((await world.api.post(at, { since })).body['events'], 1);
    world.clock.advance(1_000);
    await purgeWebhooks(deps);
    assert.equal((await world.deliveriesOf(endpoint)).length, 1);
    await world.deliver();
    assert.equal(receiver.received.length, 1, 'it was accepted');
    await purgeWebhooks(deps);
    assert.equal((await world.deliveriesOf(endpoint)).length, 0);
    const { status: code, body } = await world.api.post(at, { since });
    const [error] = body['errors'] as { pointer: string; message: string }[];
    assert.deepEqual([code, body['code'], error?.pointer], [400, 'invalid-request', '/since']);
    assert.match(error?.message ?? '', /30 days/);
  });
});
