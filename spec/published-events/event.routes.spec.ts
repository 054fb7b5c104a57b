import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { appendEvents } from '../../src/events/append-events.ts';
import type { PresentedEvent } from '../../src/published-events/event.presenter.ts';
import { listEvents } from '../../src/published-events/event.queries.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { parsePublicId } from '../../src/shared/public-id.rules.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { subscribe } from '../subscriptions/subscribing.ts';
import { job, keyOf, signedIn, userOf } from '../support/actors.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';

interface List {
  readonly items: PresentedEvent[];
  readonly next: string | null;
}

const typed = ({ items }: List) => items.map(({ type, sequence }) => [sequence, type]);

describe('/v1/events', () => {
  let world: ApiWorld;
  let deps: Deps;
  let sold: string;
  let used: string;
  before(async () => {
    world = await createApiWorld();
    deps = world.deps;
    const sale = {
      service: world.sale.service.code,
      amount: 700,
      tax_code: 'standard',
      description: '映画',
      reference: 'order-1',
      return_url: 'https://shop.example/thanks',
      capture: 'manual',
    };
    const created = await world.api.post<{ id: string }>('/v1/charges', sale);
    sold = created.body.id;
    const chargeId = parsePublicId('charge', sold)!;
    await authorizeCharge(deps, signedIn(world.sale.buyer), { chargeId });
    await publish();
    world.clock.advance(60_000);
    await captureCharge(deps, keyOf(world.sale.company.id), { chargeId, amountMinor: 600n });
    await world.api.post(`/v1/charges/${sold}/refunds`, { amount: 250, reason: 'defective' });
    const use = { consent: world.consent, amount: 10, tax_code: 'standard', description: 'x' };
    used = (await world.api.post<{ id: string }>('/v1/usage-charges', use)).body.id;
    await publish();
  });
  after(() => world.close());

  const publish = () => publishEvents(deps, job('publish-events'));
  const list = async (query = '') => {
    const { status, body } = await world.api.get<List>(`/v1/events${query}`);
    assert.equal(status, 200);
    return body;
  };

  it('lists what happened, newest first, and shows each charge as it was then', async () => {
    const events = await list();
    assert.deepEqual(
      events.items.map(({ sequence }) => sequence),
      [4, 3, 2, 1],
    );
    const first = events.items.find(({ type }) => type === 'charge.authorized');
    const { object } = first!.data;
    assert.deepEqual(
      [
        object['id'],
        object['state'],
        object['captured_amount'],
        object['captured_at'],
        object['refunded_amount'],
      ],
      [sold, 'authorized', null, null, 0],
    );
    const captured = await list(`?type=charge.captured&subject=${sold}`);
    assert.deepEqual(
      captured.items.map(({ data }) => [
        data.object['state'],
        data.object['captured_amount'],
        data.object['refunded_amount'],
      ]),
      [['captured', 600, 0]],
    );
    const [refunded] = (await list('?type=charge.refunded')).items;
    const { refund, ...details } = refunded!.data.details as Record<string, unknown>;
    assert.match(String(refund), /^rf_/);
    assert.deepEqual(details, {
      amount: 250,
      refunded_amount: 250,
      reason: 'defective',
      reference: null,
      refunded_by: 'company',
      paid_by: 'invoice',
    });
    assert.deepEqual(refunded!.data.object, (await world.api.get(`/v1/charges/${sold}`)).body);
  });

  it('has a use by its own charge, in the shape of the API', async () => {
    const [event] = (await list(`?subject=${used}`)).items;
    assert.equal(event?.type, 'charge.captured');
    assert.deepEqual(event.data, { object: (await world.api.get(`/v1/charges/${used}`)).body, details: {} });
  });

  it('goes through the pages by key, each event once', async () => {
    const seen: (number | string)[][] = [];
    for (let after = ''; ;) {
      const page = await list(`?limit=3${after}`);
      seen.push(...typed(page));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    assert.deepEqual(seen, typed(await list('?limit=100')));
    assert.deepEqual(typed(await list(`?after=evt_01JV5Q8Z3M7N2X4K6T9W1B0C5D`)), []);
  });

  it('filters by type, subject and time', async () => {
    assert.equal((await list(`?subject=${sold}`)).items.length, 3);
    assert.equal((await list('?subject=ch_01JV5Q8Z3M7N2X4K6T9W1B0C5D')).items.length, 0);
    const since = deps.clock.now().toISOString();
    const newer = await list(`?created_since=${since}`);
    const older = await list(`?created_before=${since}`);
    assert.deepEqual([...typed(newer), ...typed(older)], typed(await list()));
    assert.deepEqual(typed(older), [[1, 'charge.authorized']]);
    assert.deepEqual(typed(await list(`?created_before=2020-01-01T00:00:00.000Z`)), []);
    assert.deepEqual(typed(await list(`?created_since=2030-01-01T00:00:00.000Z`)), []);
    for (const wrong of [
      'type=nothing.happened',
      'created_since=yesterday',
      'created_since=2026-04-30T23:59:60Z',
      'created_before=2026-06-30T23:59:60Z',
      'limit=101',
      'subject=',
      'x=1',
    ])
      assert.equal((await world.api.get(`/v1/events?${wrong}`)).status, 400, wrong);
  });

  it('gets one, and says in the same words what it said in the list', async () => {
    const [event] = (await list()).items;
    const { status, body } = await world.api.get(`/v1/events/${event!.id}`);
    assert.equal(status, 200);
    assert.deepEqual(body, event);
  });

  it('shows nothing to another company, without a key or without the scope', async () => {
    const [event] = (await list()).items;
    assert.equal((await world.other.get(`/v1/events/${event!.id}`)).status, 404);
    assert.deepEqual((await world.other.get<List>('/v1/events')).body.items, []);
    const seen = await world.other.get<List>(`/v1/events?subject=${sold}`);
    assert.deepEqual(seen.body.items, []);
    assert.equal((await world.anonymous.get('/v1/events')).status, 401);
    const reader = await world.withScopes('charges:read charges:write');
    assert.equal((await reader.get('/v1/events')).status, 403);
    assert.equal((await reader.get(`/v1/events/${event!.id}`)).status, 403);
  });

  it('shows a subscription before and after its cancellation, and what else happened with the figures of the snapshot', async () => {
    const subscription = await subscribe(deps, world.sale);
    await publish();
    world.clock.advance(1_000);
    await cancelSubscription(deps, keyOf(world.sale.company.id), { subscriptionId: subscription.id });
    const snapshot = {
      kind: 'settlement',
      amountMinor: 75_600n,
      reference: 'S-1',
      payOn: '2026-07-31',
    } as const;
    const companyId = world.sale.company.id;
    await inTransaction(deps, (tx) =>
      appendEvents(tx, [{ type: 'payout.sent', subject: 'p1', companyId, snapshot }]),
    );
    await publish();
    const [joined] = (await list('?type=subscription.joined')).items;
    assert.deepEqual([joined!.data.object['state'], joined!.data.object['left_at']], ['active', null]);
    const [cancelled] = (await list('?type=subscription.cancelled')).items;
    assert.notEqual(cancelled!.data.object['left_at'], null);
    const [paid] = (await list('?type=payout.sent')).items;
    assert.deepEqual(paid!.data.object, {
      id: 'p1',
      kind: 'settlement',
      amount: 75_600,
      reference: 'S-1',
      pay_on: '2026-07-31',
      currency: 'JPY',
    });
  });

  it('has only the types whose content the key may read elsewhere', async () => {
    const all = (await list('?limit=100')).items;
    const reader = await world.withScopes('events:read charges:read subscriptions:read');
    const { items } = (await reader.get<List>('/v1/events?limit=100')).body;
    const types = new Set(items.map(({ type }) => type));
    assert.ok(types.has('charge.captured') && types.has('subscription.joined'));
    const readable = all.filter(
      ({ type }) => /^(charge|subscription)\./.test(type) && type !== 'charge.refunded',
    );
    assert.deepEqual(typed({ items, next: null }), typed({ items: readable, next: null }));
    const hidden = { 'payout.sent': 'settlements:read', 'charge.refunded': 'refunds:read' };
    for (const [type, scope] of Object.entries(hidden)) {
      const refused = await reader.get(`/v1/events?type=${type}`);
      assert.deepEqual(
        [refused.status, refused.body['code'], refused.body['scope']],
        [403, 'api-key-scope-missing', scope],
      );
      const { id } = all.find((event) => event.type === type)!;
      const missing = await reader.get(`/v1/events/${id}`);
      assert.deepEqual([missing.status, missing.body['code']], [404, 'event-not-found']);
    }
    assert.equal((await reader.get(`/v1/events/${items[0]!.id}`)).status, 200);
    const developer = userOf(world.sale.company.id, 'developer');
    const seen = new Set((await listEvents(deps, developer, { limit: 100 })).map(({ type }) => type));
    assert.ok(seen.has('charge.refunded') && !seen.has('payout.sent'));
    await assert.rejects(listEvents(deps, developer, { limit: 1, type: 'payout.sent' }), {
      code: 'permission-denied',
    });
  });

  it('never names a line or a person', async () => {
    const text = JSON.stringify(await list('?limit=100'));
    const { lineId, subscriberId } = world.sale.buyer;
    assert.ok(!text.includes(lineId));
    assert.doesNotMatch(text, /line|holder|subscriber_|issued/i);
    assert.ok(subscriberId > 0);
  });
});
