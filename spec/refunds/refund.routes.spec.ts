import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { staff } from '../support/actors.ts';
import { countRows, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { Refunding, tokyo } from './refunding.ts';

interface RefundBody {
  readonly id: string;
  readonly charge: string;
  readonly amount: number;
  readonly refunded_amount: number;
  readonly note: string | null;
  readonly refunded_by: string;
}
interface Page {
  readonly items: readonly RefundBody[];
  readonly next: string | null;
}

const refunds = (chargeId: string) => `/v1/charges/ch_${chargeId}/refunds`;

describe('/v1/charges/{id}/refunds and /v1/refunds', () => {
  let world: ApiWorld;
  let at: Refunding;
  before(async () => {
    world = await createApiWorld();
    at = new Refunding(world, world.sale);
  });
  after(() => world.close());

  it('refunds a part, and the charge shows what came back', async () => {
    const chargeId = await at.sell(900n);
    const body = { amount: 250, reason: 'defective', note: 'scratched', reference: 'return-31' };
    const made = await world.api.post<RefundBody>(refunds(chargeId), body);
    assert.equal(made.status, 201);
    const { id, ...rest } = made.body;
    assert.match(id, /^rf_[0-9A-Z]{26}$/);
    assert.deepEqual(rest, {
      charge: `ch_${chargeId}`,
      subscription: null,
      subscription_month: null,
      amount: 250,
      refunded_amount: 250,
      currency: 'JPY',
      tax_code: 'standard',
      tax_rate_bps: 1000,
      reason: 'defective',
      note: 'scratched',
      reference: 'return-31',
      refunded_by: 'company',
      paid_by: 'invoice',
      business_date: '2026-05-10',
      billing_period: '2026-05',
      created_at: '2026-05-10T03:00:00.000Z',
    });
    const charge = await world.api.get(`/v1/charges/ch_${chargeId}`);
    assert.deepEqual([charge.body['state'], charge.body['refunded_amount']], ['captured', 250]);
    assert.deepEqual((await world.api.get(`/v1/refunds/${id}`)).body, made.body);
    assert.ok(!made.text.includes(at.sale.line.lineId));
  });

  it('answers a repeated request with the same refund, and makes one', async () => {
    const chargeId = await at.sell(900n);
    const request = { key: `refund-${chargeId}` };
    const body = { amount: 100, reason: 'requested' };
    const first = await world.api.post<RefundBody>(refunds(chargeId), body, request);
    const again = await world.api.post<RefundBody>(refunds(chargeId), body, request);
    assert.deepEqual(again.body, first.body);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.equal((await at.refundsOf(chargeId)).length, 1);
    const refused = { key: `refused-${chargeId}` };
    const tooMuch = await world.api.post(refunds(chargeId), { amount: 801, reason: 'requested' }, refused);
    assert.deepEqual(
      [tooMuch.status, tooMuch.body['code'], tooMuch.body['left']],
      [422, 'refund-too-large', 800],
    );
    const repeated = await world.api.post(refunds(chargeId), { amount: 801, reason: 'requested' }, refused);
    assert.equal(repeated.body['code'], 'refund-too-large');
  });

  it('fifty requests at once refund what was captured and never more', async () => {
    const chargeId = await at.sell(1_000n);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        world.api.post(refunds(chargeId), { amount: 90, reason: 'requested' }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    assert.equal(made.length, 11);
    assert.ok(answers.every(({ status }) => status === 201 || status === 422));
    const page = await world.api.get<Page>(`${refunds(chargeId)}?limit=100`);
    assert.equal(
      page.body.items.reduce((sum, { amount }) => sum + amount, 0),
      990,
    );
  });

  it('lists page by page, by charge and by reference, newest first', async () => {
    const chargeId = await at.sell(1_000n);
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const body = { amount: 10, reason: 'requested', reference: i < 3 ? 'paged' : 'other' };
      ids.unshift((await world.api.post<RefundBody>(refunds(chargeId), body)).body.id);
    }
    const readAll = async (address: string) => {
      const seen: string[] = [];
      for (let after = ''; ;) {
        const { body } = await world.api.get<Page>(`${address}&limit=2${after}`);
        seen.push(...body.items.map(({ id }) => id));
        if (body.next === null) return seen;
        after = `&after=${body.next}`;
      }
    };
    assert.deepEqual(await readAll(`${refunds(chargeId)}?`), ids);
    assert.deepEqual(await readAll(`/v1/refunds?charge=ch_${chargeId}`), ids);
    assert.deepEqual(await readAll('/v1/refunds?reference=paged'), ids.slice(2));
    assert.deepEqual((await world.other.get<Page>(`/v1/refunds?charge=ch_${chargeId}`)).body.items, []);
  });

  it('shows a company what the carrier refunded, and not what its people wrote', async () => {
    const chargeId = await at.sell(500n);
    await at.refund(chargeId, 100n, {
      actor: staff('aiko', 'agent'),
      note: 'Mrs. Tozai called',
      reference: 'case-7',
    });
    const { body, text } = await world.api.get<Page>(refunds(chargeId));
    assert.deepEqual([body.items[0]?.refunded_by, body.items[0]?.note], ['carrier', null]);
    assert.ok(!text.includes('called') && !text.includes('case-7') && !text.includes('aiko'));
  });

  it('asks for a key, a scope and the own company, and checks the body', async () => {
    const chargeId = await at.sell(500n);
    const body = { reason: 'requested' };
    const before = await countRows(world.deps, 'refund');
    assert.equal((await world.anonymous.post(refunds(chargeId), body)).status, 401);
    const reader = await world.withScopes('charges:write refunds:read');
    assert.equal((await reader.post(refunds(chargeId), body)).body['code'], 'api-key-scope-missing');
    const writer = await world.withScopes('refunds:write');
    assert.equal((await writer.get('/v1/refunds')).body['code'], 'api-key-scope-missing');
    assert.equal((await world.other.post(refunds(chargeId), body)).status, 404);
    assert.equal((await world.other.get(refunds(chargeId))).status, 404);
    for (const wrong of [
      {},
      { reason: 'x' },
      { ...body, amount: 0 },
      { ...body, amount: 1.5 },
      { ...body, more: 1 },
    ]) {
      assert.equal((await world.api.post(refunds(chargeId), wrong)).body['code'], 'invalid-request');
    }
    assert.equal(await countRows(world.deps, 'refund'), before);
    const [refund] = [await at.refund(chargeId)];
    assert.equal((await world.other.get(`/v1/refunds/rf_${refund.id}`)).body['code'], 'refund-not-found');
  });

  it('refuses what is pending, and what is past its days', async () => {
    const held = await at.authorize(300n);
    assert.equal((await world.api.post(refunds(held.id), { reason: 'requested' })).status, 409);
    const chargeId = await at.sell(300n);
    world.clock.set(tokyo('2026-08-01'));
    const { status, body } = await world.api.post(refunds(chargeId), { reason: 'requested' });
    assert.deepEqual(
      [status, body['code'], body['refundable_through']],
      [422, 'refund-window-passed', '2026-07-09'],
    );
  });
});
