import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grantConsent } from '../../src/consents/grant-consent.ts';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { cancelCharge } from '../../src/charges/cancel-charge.ts';
import { expireAuthorizations } from '../../src/charges/expire-authorizations.ts';
import { explainCharge } from '../../src/charges/support.queries.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';
import { parsePublicId } from '../../src/shared/public-id.rules.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { signedIn, staff } from '../support/actors.ts';

interface Body {
  id: string;
  state: string;
  confirm_url?: string | null;
}
interface Page {
  items: Body[];
  next: string | null;
}

const chargeId = ({ id }: Pick<Body, 'id'>) => parsePublicId('charge', id) ?? '';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('what has run out of time', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const common = () => ({
    service: world.sale.service.code,
    description: '映画',
    return_url: 'https://shop.example/x',
  });
  const bodies = {
    charges: () => ({ ...common(), amount: 10, tax_code: 'standard', capture: 'manual' }),
    consents: common,
    subscriptions: () => ({ ...common(), amount: 10, tax_code: 'standard', item: 'x', charge_day: 31 }),
  };
  type Kind = keyof typeof bodies;
  const kinds = Object.keys(bodies) as Kind[];
  const create = async (kind: Kind, over: object = {}) => {
    const { status, body } = await world.api.post<Body>(`/v1/${kind}`, { ...bodies[kind](), ...over });
    assert.equal(status, 201);
    return body;
  };
  const authorize = async (over: object = {}) => {
    const charge = await create('charges', over);
    await authorizeCharge(world.deps, signedIn(world.sale.buyer), { chargeId: chargeId(charge) });
    return charge;
  };
  const read = async (kind: Kind, id: string) => (await world.api.get<Body>(`/v1/${kind}/${id}`)).body;
  const list = async (kind: Kind, query: string) => {
    const found: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const { status, body } = await world.api.get<Page>(`/v1/${kind}?limit=2&${query}${after}`);
      assert.equal(status, 200);
      found.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    return found;
  };
  let businessDate = '2026-01-01';
  const night = async () => {
    businessDate = addDays(businessDate, 1);
    const run = { job: 'expire-authorizations', businessDate };
    assert.equal((await executeRun(world.deps, run, expireAuthorizations)).kind, 'finished');
  };

  for (const kind of kinds) {
    it(`reads as expired at once, the same before the night and after it: ${kind} nobody confirmed`, async () => {
      const { id } = await create(kind);
      world.clock.advance(30 * MINUTE_MS - 1);
      assert.equal((await read(kind, id)).state, 'pending');
      assert.deepEqual(await list(kind, 'state=expired'), []);
      assert.ok((await list(kind, 'state=pending')).includes(id));
      world.clock.advance(1);
      const expired = await read(kind, id);
      assert.deepEqual([expired.state, expired.confirm_url], ['expired', null]);
      assert.ok(!(await list(kind, 'state=pending')).includes(id));
      assert.deepEqual(await list(kind, 'state=expired'), [id]);
      world.clock.advance(60 * MINUTE_MS);
      await night();
      assert.deepEqual(await read(kind, id), expired);
      assert.deepEqual(await list(kind, 'state=expired'), [id]);
    });

    it(`is found page by page from the newest, noted or not: ${kind}`, async () => {
      const old = await list(kind, 'state=expired');
      const made: string[] = [];
      for (const round of [1, 2]) {
        for (let i = 0; i < 3; i += 1) made.unshift((await create(kind)).id);
        world.clock.advance(30 * MINUTE_MS);
        if (round === 1) await night();
      }
      const open = [await create(kind), await create(kind), await create(kind)].map(({ id }) => id);
      assert.deepEqual(await list(kind, 'state=expired'), [...made, ...old]);
      assert.deepEqual(await list(kind, 'state=pending'), open.toReversed());
      world.clock.advance(30 * MINUTE_MS);
      await night();
    });
  }

  it('of an authorization is found between charges nobody confirmed, by reference too', async () => {
    const held = await authorize({ reference: 'week' });
    const before = await create('charges', { reference: 'week' });
    world.clock.advance(7 * DAY_MS - 1);
    assert.equal((await read('charges', held.id)).state, 'authorized');
    assert.deepEqual(await list('charges', 'state=authorized'), [held.id]);
    world.clock.advance(1);
    assert.equal((await read('charges', held.id)).state, 'expired');
    assert.deepEqual(await list('charges', 'state=authorized'), []);
    const waits = await create('charges', { reference: 'week' });
    assert.deepEqual(await list('charges', 'state=expired&reference=week'), [before.id, held.id]);
    assert.deepEqual(await list('charges', 'state=pending&reference=week'), [waits.id]);
    assert.deepEqual((await list('charges', 'state=expired')).slice(0, 2), [before.id, held.id]);
  });

  it('is ended by time, at the instant it was open until', async () => {
    const { id } = await authorize();
    const { expires_at: expiresAt } = (await world.api.get(`/v1/charges/${id}`)).body;
    world.clock.advance(8 * DAY_MS);
    for (const isNoted of [false, true]) {
      if (isNoted) await night();
      const { body } = await world.api.get(`/v1/charges/${id}`);
      const { state, ended_at: endedAt, ended_by: endedBy } = body;
      assert.deepEqual([state, endedAt, endedBy], ['expired', expiresAt, 'time']);
    }
  });

  it('answers a cancel and a capture alike, before the night and after it, and stays expired', async () => {
    const pending = await create('charges');
    const held = await authorize();
    world.clock.advance(8 * DAY_MS);
    for (const isNoted of [false, true]) {
      if (isNoted) await night();
      for (const { id } of [pending, held]) {
        for (const verb of ['cancel', 'capture']) {
          const { status, body } = await world.api.post(`/v1/charges/${id}/${verb}`);
          assert.deepEqual([status, body['code'], body['state']], [409, 'illegal-state', 'expired'], verb);
        }
        const support = cancelCharge(world.deps, staff(), { chargeId: chargeId({ id }) });
        await assert.rejects(support, { code: 'illegal-state', facts: { state: 'expired' } });
        assert.equal((await read('charges', id)).state, 'expired');
      }
    }
  });

  it('of a subscription or a consent cannot be left or ended, and says that it is expired', async () => {
    const subscription = await create('subscriptions');
    const consent = await create('consents');
    world.clock.advance(30 * MINUTE_MS);
    for (const path of [`subscriptions/${subscription.id}/cancel`, `consents/${consent.id}/end`]) {
      const { status, body } = await world.api.post(`/v1/${path}`);
      assert.deepEqual([status, body['code'], body['state']], [409, 'illegal-state', 'expired']);
    }
  });

  it('is what the support centre reads, too', async () => {
    const charge = await create('charges');
    world.clock.advance(30 * MINUTE_MS);
    const { state, endedBy, endedAt } = await explainCharge(world.deps, staff(), chargeId(charge));
    assert.deepEqual([state, endedBy, endedAt], ['expired', 'time', world.clock.now()]);
  });

  it('has nothing to do with what was decided in time', async () => {
    const charge = await authorize({ capture: 'automatic' });
    const consent = await create('consents');
    const subscription = await create('subscriptions');
    const { buyer } = world.sale;
    await grantConsent(world.deps, signedIn(buyer), {
      consentId: parsePublicId('consent', consent.id) ?? '',
    });
    const subscriptionId = parsePublicId('subscription', subscription.id) ?? '';
    await joinSubscription(world.deps, signedIn(buyer), { subscriptionId });
    world.clock.advance(8 * DAY_MS);
    await night();
    const states = [
      (await read('charges', charge.id)).state,
      (await read('consents', consent.id)).state,
      (await read('subscriptions', subscription.id)).state,
    ];
    assert.deepEqual(states, ['captured', 'active', 'active']);
  });
});
