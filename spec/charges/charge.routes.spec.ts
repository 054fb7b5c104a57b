import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Readable } from 'node:stream';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { expireAuthorizations } from '../../src/charges/expire-authorizations.ts';
import { importLines } from '../../src/line-import/import-lines.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { parsePublicId } from '../../src/shared/public-id.rules.ts';
import { countRows, countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { signedIn, staff } from '../support/actors.ts';

interface ChargeBody {
  id: string;
  state: string;
  amount: number;
  captured_amount: number | null;
  confirm_url: string | null;
  reference: string | null;
}

describe('/v1/charges', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const input = (over: Record<string, unknown> = {}) => ({
    service: world.sale.service.code,
    amount: 500,
    tax_code: 'standard',
    description: '映画レンタル 48時間',
    return_url: 'https://shop.example/orders/1',
    capture: 'manual',
    ...over,
  });
  const create = async (over?: Record<string, unknown>) => {
    const { status, body } = await world.api.post<ChargeBody>('/v1/charges', input(over));
    assert.equal(status, 201);
    return body;
  };
  const authorize = async (over?: Record<string, unknown>) => {
    const charge = await create(over);
    const chargeId = parsePublicId('charge', charge.id) ?? '';
    await authorizeCharge(world.deps, signedIn(world.sale.buyer), { chargeId });
    return charge;
  };

  it('makes a pending charge with the address to confirm it at', async () => {
    const { status, body, headers } = await world.api.post('/v1/charges', input({ reference: 'order-1' }));
    assert.equal(status, 201);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    const { id, confirm_url: confirmUrl, ...rest } = body;
    assert.match(String(id), /^ch_[0-9A-Z]{26}$/);
    assert.ok(String(confirmUrl).startsWith(`${world.config.publicOrigin}/checkout/${String(id)}/`));
    assert.deepEqual(rest, {
      kind: 'one_time',
      state: 'pending',
      service: world.sale.service.code,
      amount: 500,
      captured_amount: null,
      refunded_amount: 0,
      currency: 'JPY',
      tax_code: 'standard',
      tax_rate_bps: null,
      description: '映画レンタル 48時間',
      reference: 'order-1',
      capture: 'manual',
      consent: null,
      subscription: null,
      subscription_month: null,
      refusal: null,
      refused_at: null,
      created_at: '2026-05-10T03:00:00.000Z',
      expires_at: '2026-05-10T03:30:00.000Z',
      authorized_at: null,
      captured_at: null,
      business_date: null,
      billing_period: null,
      late: false,
      ended_at: null,
      ended_by: null,
    });
  });

  it('reads a charge, and shows a company nothing of the buying line', async () => {
    const { id } = await authorize({ capture: 'automatic' });
    const { status, body, text } = await world.api.get<ChargeBody>(`/v1/charges/${id}`);
    assert.equal(status, 200);
    assert.equal(body.state, 'captured');
    assert.equal(body.confirm_url, null);
    assert.ok(!text.includes(world.sale.line.lineId) && !text.includes(world.sale.subscriber.issuedId));
  });

  it('lists charges from the newest, page by page, without losing or repeating one', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.unshift((await create({ reference: 'page' })).id);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const page = await world.api.get<{ items: ChargeBody[]; next: string | null }>(
        `/v1/charges?limit=2&reference=page${after}`,
      );
      assert.equal(page.status, 200);
      seen.push(...page.body.items.map(({ id }) => id));
      next = page.body.next;
    }
    assert.deepEqual(seen, made);
  });

  it('lists by state', async () => {
    const { id } = await create();
    await world.api.post(`/v1/charges/${id}/cancel`);
    const { body } = await world.api.get<{ items: ChargeBody[] }>('/v1/charges?state=cancelled');
    assert.ok(body.items.some((charge) => charge.id === id));
    assert.ok(body.items.every(({ state }) => state === 'cancelled'));
  });

  it('captures the authorized amount, or a part of it', async () => {
    const whole = await authorize();
    const part = await authorize();
    const captured = await world.api.post<ChargeBody>(`/v1/charges/${whole.id}/capture`);
    assert.equal(captured.status, 200);
    assert.equal(captured.body.captured_amount, 500);
    const less = await world.api.post<ChargeBody>(`/v1/charges/${part.id}/capture`, { amount: 300 });
    assert.equal(less.body.captured_amount, 300);
  });

  it('refuses a capture above the authorized amount, of a pending charge, and a second one', async () => {
    const { id } = await authorize();
    const above = await world.api.post(`/v1/charges/${id}/capture`, { amount: 501 });
    assert.deepEqual([above.status, above.body['code']], [422, 'amount-above-authorized']);
    await world.api.post(`/v1/charges/${id}/capture`);
    const again = await world.api.post(`/v1/charges/${id}/capture`);
    assert.deepEqual(
      [again.status, again.body['code'], again.body['state']],
      [409, 'illegal-state', 'captured'],
    );
    const pending = await create();
    assert.equal((await world.api.post(`/v1/charges/${pending.id}/capture`)).status, 409);
  });

  it('cancels a charge before its capture and not after', async () => {
    const { id } = await authorize();
    const cancelled = await world.api.post<ChargeBody>(`/v1/charges/${id}/cancel`);
    assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled']);
    const captured = await authorize({ capture: 'automatic' });
    assert.equal((await world.api.post(`/v1/charges/${captured.id}/cancel`)).status, 409);
  });

  it('captures once for 50 captures at the same time, each with a key of its own', async () => {
    const { id } = await authorize();
    const entries = await countRows(world.deps, 'ledger_entry');
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => world.api.post(`/v1/charges/${id}/capture`)),
    );
    const statuses = replies.map(({ status }) => status).sort((left, right) => left - right);
    assert.deepEqual(statuses, [200, ...Array.from({ length: 49 }, () => 409)]);
    const again = await world.api.get<ChargeBody>(`/v1/charges/${id}`);
    assert.deepEqual([again.body.state, again.body.captured_amount], ['captured', 500]);
    // Released from the authorization and captured, once each.
    assert.equal((await countRows(world.deps, 'ledger_entry')) - entries, 2);
  });

  it("finds nothing of another company's charge", async () => {
    const { id } = await authorize();
    const before = await countWritten(world.deps);
    const replies = [
      await world.other.get(`/v1/charges/${id}`),
      await world.other.post(`/v1/charges/${id}/capture`),
      await world.other.post(`/v1/charges/${id}/cancel`),
    ];
    for (const { status, body } of replies)
      assert.deepEqual([status, body['code']], [404, 'charge-not-found']);
    assert.deepEqual((await world.other.get<{ items: unknown[] }>('/v1/charges')).body.items, []);
    assert.deepEqual(await countWritten(world.deps), before);
    const own = await world.api.get<ChargeBody>(`/v1/charges/${id}`);
    assert.equal(own.body.state, 'authorized');
  });

  it('answers 404 for what is not even an identifier', async () => {
    for (const id of ['1', 'ch_', 'cs_01JV0000000000000000000000', '%00', "ch_01JV000000000000000000000'"]) {
      assert.equal((await world.api.get(`/v1/charges/${id}`)).status, 404, id);
    }
  });

  it('refuses what the contract, the service or the site do not allow, and writes nothing', async () => {
    const cases: [Record<string, unknown>, number, string, string][] = [
      [{ service: 'unknown' }, 422, 'service-not-found', '/service'],
      [{ amount: 10_001 }, 422, 'amount-above-contract', '/amount'],
      [{ return_url: 'https://elsewhere.example/' }, 422, 'return-url-not-allowed', '/return_url'],
    ];
    const before = await countWritten(world.deps);
    for (const [over, status, code, field] of cases) {
      const { status: answered, body } = await world.api.post('/v1/charges', input(over));
      const [error] = body['errors'] as { pointer: string }[];
      assert.deepEqual([answered, body['code'], error?.pointer], [status, code, field]);
    }
    const service = await world.other.post('/v1/charges', input());
    assert.equal(service.body['code'], 'service-not-found', "another company's service");
    assert.deepEqual(await countWritten(world.deps), before);
  });

  it('answers entitlement-ended to the capture of what a lost line has authorized, and says until when it was open', async () => {
    const { id } = await authorize();
    world.clock.advance(60_000);
    const { lineId } = world.sale.line;
    const lines = `line_id,holder,closing_group,status,valid_from,valid_to\n${lineId},新保有者,end,active,2026-05-10,\n`;
    await importLines(world.deps, staff(), {
      source: Readable.from([Buffer.from(lines)]),
      fileName: 'lines.csv',
    });
    const captured = await world.api.post<{ code: string }>(`/v1/charges/${id}/capture`, {});
    assert.deepEqual([captured.status, captured.body.code], [409, 'entitlement-ended']);
    const { body } = await world.api.get<{ captured_at: string | null }>(`/v1/charges/${id}`);
    assert.equal(body.captured_at, null);
    const run = { job: 'expire-authorizations', businessDate: '2026-05-09' };
    await executeRun(world.deps, run, expireAuthorizations);
    const ended = await world.api.get<ChargeBody & { ended_by: string }>(`/v1/charges/${id}`);
    assert.deepEqual([ended.body.state, ended.body.ended_by], ['expired', 'entitlement']);
  });
});
