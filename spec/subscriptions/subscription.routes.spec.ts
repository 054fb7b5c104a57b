import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { parsePublicId } from '../../src/shared/public-id.rules.ts';
import { countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { signedIn } from '../support/actors.ts';

describe('/v1/subscriptions', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const input = (over: Record<string, unknown> = {}) => ({
    service: world.sale.service.code,
    item: 'unlimited',
    amount: 1100,
    tax_code: 'standard',
    description: '動画見放題プラン',
    charge_day: 31,
    return_url: 'https://shop.example/welcome',
    ...over,
  });
  const create = async (over?: Record<string, unknown>) => {
    const { status, body, text } = await world.api.post<{ id: string }>('/v1/subscriptions', input(over));
    assert.equal(status, 201, text);
    return body.id;
  };
  const join = async (id: string) => {
    const subscriptionId = parsePublicId('subscription', id) ?? '';
    await joinSubscription(world.deps, signedIn(world.sale.buyer), { subscriptionId });
  };

  it('makes a pending subscription with the address to join at', async () => {
    const { status, body } = await world.api.post('/v1/subscriptions', input({ first_month_free: true }));
    assert.equal(status, 201);
    const { id, confirm_url: confirmUrl, ...rest } = body;
    assert.ok(String(confirmUrl).startsWith(`${world.config.publicOrigin}/checkout/${String(id)}/`));
    assert.deepEqual(rest, {
      state: 'pending',
      service: world.sale.service.code,
      item: 'unlimited',
      charge_day: 31,
      first_month_free: true,
      last_month_free: false,
      amount: 1100,
      currency: 'JPY',
      tax_code: 'standard',
      description: '動画見放題プラン',
      reference: null,
      refusal: null,
      refused_at: null,
      created_at: '2026-05-10T03:00:00.000Z',
      expires_at: '2026-05-10T03:30:00.000Z',
      joined_at: null,
      joined_on: null,
      left_at: null,
      left_on: null,
      renewed_through: null,
    });
  });

  it('shows that somebody has joined but not who, and ends the subscription', async () => {
    const id = await create({ item: 'joined' });
    await join(id);
    const read = await world.api.get(`/v1/subscriptions/${id}`);
    assert.deepEqual(
      [read.status, read.body['state'], read.body['joined_on']],
      [200, 'active', '2026-05-10'],
    );
    assert.ok(!read.text.includes(world.sale.line.lineId));
    const left = await world.api.post(`/v1/subscriptions/${id}/cancel`);
    assert.deepEqual([left.status, left.body['state'], left.body['left_on']], [200, 'leaving', '2026-05-10']);
  });

  it('lists subscriptions, page by page', async () => {
    const made = [await create({ reference: 'p' }), await create({ reference: 'p' })].toReversed();
    interface Page {
      items: { id: string }[];
      next: string | null;
    }
    const first = await world.api.get<Page>('/v1/subscriptions?reference=p&limit=1');
    const second = await world.api.get<Page>(
      `/v1/subscriptions?reference=p&limit=1&after=${first.body.next}`,
    );
    assert.deepEqual(
      [...first.body.items, ...second.body.items].map(({ id }) => id),
      made,
    );
    assert.equal(second.body.next, null);
  });

  it("finds nothing of another company's subscription, and changes nothing", async () => {
    const id = await create();
    await join(id);
    const before = await countWritten(world.deps);
    const replies = [
      await world.other.get(`/v1/subscriptions/${id}`),
      await world.other.post(`/v1/subscriptions/${id}/cancel`),
      await world.api.get('/v1/subscriptions/nothing'),
    ];
    for (const { status, body } of replies) {
      assert.deepEqual([status, body['code']], [404, 'subscription-not-found']);
    }
    assert.equal((await world.api.get(`/v1/subscriptions/${id}`)).body['state'], 'active');
    assert.deepEqual(await countWritten(world.deps), before);
  });

  it('refuses wrong members and a day that not every month has', async () => {
    const cases = [
      { charge_day: 26 },
      { charge_day: 0 },
      { charge_day: '1' },
      { item: 'あ' },
      { amount: 0.5 },
    ];
    const before = await countWritten(world.deps);
    for (const over of [...cases, { first_month_free: 'yes' }, { item: undefined }, { until: '2027-01' }]) {
      assert.equal(
        (await world.api.post('/v1/subscriptions', input(over))).status,
        400,
        JSON.stringify(over),
      );
    }
    assert.deepEqual(await countWritten(world.deps), before);
  });
});
