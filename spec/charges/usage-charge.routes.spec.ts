import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { countRows, countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeConsent, makeLine, makeSubscriber } from '../support/factories.ts';

interface Outcome {
  index: number;
  charge?: { id: string; state: string; amount: number; reference: string | null };
  problem?: { code: string; status: number; errors?: { pointer: string }[] };
}
interface Batch {
  outcomes: Outcome[];
  captured: number;
  refused: number;
}

const use = (consent: string, over: Record<string, unknown> = {}) => ({
  consent,
  amount: 100,
  tax_code: 'reduced',
  description: '楽曲1曲',
  ...over,
});

describe('/v1/usage-charges', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  /** A consent of another line of the same company, whose month is untouched. */
  const freshConsent = async (perChargeMaxMinor: bigint | null = null) => {
    const { deps, sale } = world;
    const { lineId } = await makeLine(deps);
    const { id: subscriberId } = await makeSubscriber(deps, { lineId });
    const of = {
      companyId: sale.company.id,
      serviceId: sale.service.id,
      subscriberId,
      lineId,
      perChargeMaxMinor,
    };
    return `cs_${(await makeConsent(deps, of)).id}`;
  };
  it('captures a use at once', async () => {
    const { status, body } = await world.api.post(
      '/v1/usage-charges',
      use(world.consent, { reference: 'r-1' }),
    );
    assert.equal(status, 201);
    const { kind, state, amount, captured_amount: captured, tax_rate_bps: rate, consent } = body;
    assert.deepEqual(
      [kind, state, amount, captured, rate, consent],
      ['usage', 'captured', 100, 100, 800, world.consent],
    );
    assert.deepEqual([body['business_date'], body['billing_period']], ['2026-05-10', '2026-05']);
    const read = await world.api.get(`/v1/charges/${String(body['id'])}`);
    assert.deepEqual(read.body, body);
  });

  it("refuses a use above the limit of the line's month, and writes nothing", async () => {
    const consent = await freshConsent();
    assert.equal((await world.api.post('/v1/usage-charges', use(consent, { amount: 9_999 }))).status, 201);
    const before = await countWritten(world.deps);
    const { status, body } = await world.api.post('/v1/usage-charges', use(consent, { amount: 2 }));
    assert.deepEqual([status, body['code']], [422, 'limit-exceeded']);
    const members = ['code', 'request_id', 'status', 'title', 'type'];
    assert.deepEqual(Object.keys(body).sort(), members, 'what the line has left is not for the seller');
    assert.deepEqual(await countWritten(world.deps), before);
  });

  it('refuses a use above the maximum of its consent, and names field and maximum', async () => {
    const consent = await freshConsent(150n);
    assert.equal((await world.api.post('/v1/usage-charges', use(consent, { amount: 150 }))).status, 201);
    const { status, body } = await world.api.post('/v1/usage-charges', use(consent, { amount: 151 }));
    const [error] = body['errors'] as { pointer: string }[];
    assert.deepEqual(
      [status, body['code'], body['maximum'], error?.pointer],
      [422, 'amount-above-consent', 150, '/amount'],
    );
    const charges = [use(consent), use(consent, { amount: 151 })];
    const { body: batch } = await world.api.post<Batch>('/v1/usage-charges/batch', { charges });
    const { problem } = batch.outcomes[1]!;
    assert.deepEqual(
      [problem?.code, problem?.errors?.[0]?.pointer],
      ['amount-above-consent', '/charges/1/amount'],
    );
  });

  it("does not find another company's consent", async () => {
    const { status, body } = await world.other.post('/v1/usage-charges', use(world.consent));
    assert.deepEqual([status, body['code']], [404, 'consent-not-found']);
  });

  it('refuses a use once the consent has ended', async () => {
    const consent = await freshConsent();
    await world.api.post(`/v1/consents/${consent}/end`);
    const { status, body } = await world.api.post('/v1/usage-charges', use(consent));
    assert.deepEqual([status, body['code']], [409, 'consent-not-active']);
  });

  it('gives each of many its own outcome, in their order: a wrong one harms no other', async () => {
    const consent = await freshConsent();
    const charges = [
      use(consent, { reference: 'a' }),
      use(consent, { amount: 1.5 }),
      use(consent, { extra: true }),
      5,
      null,
      use('cs_01JV0000000000000000000000'),
      use(consent, { amount: 9_900 }),
      use(consent, { amount: 1 }),
      use(consent, { amount: 10_001 }),
      use(consent, { consent: 'x' }),
    ];
    const before = await countRows(world.deps, 'charge');
    const { status, body } = await world.api.post<Batch>('/v1/usage-charges/batch', { charges });
    assert.equal(status, 200);
    assert.deepEqual(
      body.outcomes.map(({ index, charge, problem }) => [index, charge?.state ?? problem?.code]),
      [
        [0, 'captured'],
        [1, 'invalid-request'],
        [2, 'invalid-request'],
        [3, 'invalid-request'],
        [4, 'invalid-request'],
        [5, 'consent-not-found'],
        [6, 'captured'],
        [7, 'limit-exceeded'],
        [8, 'amount-above-contract'],
        [9, 'invalid-request'],
      ],
    );
    assert.deepEqual([body.captured, body.refused], [2, 8]);
    assert.equal(body.outcomes[0]?.charge?.reference, 'a');
    const pointers = body.outcomes.flatMap(
      ({ problem }) => problem?.errors?.map(({ pointer }) => pointer) ?? [],
    );
    assert.deepEqual(pointers, [
      '/charges/1/amount',
      '/charges/2/extra',
      '/charges/3',
      '/charges/4',
      '/charges/8/amount',
      '/charges/9/consent',
    ]);
    assert.equal((await countRows(world.deps, 'charge')) - before, 2);
  });

  it('charges a thousand in one request once, and gives the same answer to its repetition', async () => {
    const consent = await freshConsent();
    const charges = Array.from({ length: 1000 }, (_, i) => use(consent, { amount: 1, reference: `n-${i}` }));
    const before = await countRows(world.deps, 'charge');
    const first = await world.api.post<Batch>('/v1/usage-charges/batch', { charges }, { key: 'thousand' });
    assert.deepEqual([first.status, first.body.captured, first.body.refused], [200, 1000, 0]);
    const again = await world.api.post<Batch>('/v1/usage-charges/batch', { charges }, { key: 'thousand' });
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.equal(again.text, first.text);
    assert.equal((await countRows(world.deps, 'charge')) - before, 1000);
    assert.ok(first.body.outcomes.every(({ index, charge }) => charge?.reference === `n-${index}`));
  });

  it('refuses every item of a company that may not see the consent, and writes nothing', async () => {
    const before = await countWritten(world.deps);
    const charges = [use(world.consent), use(world.consent)];
    const { status, body } = await world.other.post<Batch>('/v1/usage-charges/batch', { charges });
    assert.deepEqual([status, body.captured, body.refused], [200, 0, 2]);
    assert.deepEqual(await countWritten(world.deps), before);
  });
});
