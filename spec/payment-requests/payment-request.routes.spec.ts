import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { composeIssuedId } from '../../src/identity/issued-id.rules.ts';
import { createPaymentRequest } from '../../src/payment-requests/create-payment-request.ts';
import { keyOf } from '../support/actors.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { countStatements } from '../support/count-statements.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';
import { NOON_IN_TOKYO } from '../support/world.ts';

interface Request {
  readonly id: string;
  readonly state: string;
  readonly to_ending: string;
  readonly charge: string | null;
  readonly expires_at: string | null;
  readonly code?: string;
  readonly scope?: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

describe('/v1/payment-requests', () => {
  let world: ApiWorld;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  let api: ApiClient;
  before(async () => void (world = await createApiWorld({ PAYMENT_REQUESTS_PER_DAY: '6' })));
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set(NOON_IN_TOKYO);
    sale = await makeSale(world.deps);
    const { token } = await makeApiKey(world.deps, { companyId: sale.company.id });
    api = apiClient(world.origin, token);
  });

  const ask = (over: object = {}, client = api) =>
    client.post<Request>('/v1/payment-requests', {
      service: sale.service.code,
      amount: 1_800,
      tax_code: 'standard',
      description: '出張設定サポート',
      to_kind: 'line',
      to: sale.buyer.lineId,
      ...over,
    });
  const query = () => sqlOf(world.deps.orm.em.fork());
  const rowOf = (id: string) =>
    query().selectFrom('payment_request').selectAll().where('id', '=', id.slice(3)).executeTakeFirstOrThrow();
  const nobody = { to: 'CAF9999999999' };

  it('is the same for a line that is there and for none: status, members, and what is written', async () => {
    const [known, unknown] = [await ask(), await ask(nobody)];
    assert.deepEqual([known.status, unknown.status], [201, 201]);
    const own = { id: '', to_ending: '' };
    assert.deepEqual({ ...known.body, ...own }, { ...unknown.body, ...own });
    assert.equal((await rowOf(known.body.id)).lineId, sale.buyer.lineId);
    const row = await rowOf(unknown.body.id);
    assert.deepEqual([row.lineId, row.holderFrom, row.subscriberId], [null, null, null]);
    assert.equal((await query().selectFrom('mail').selectAll().execute()).length, 0);
  });

  it('takes as many statements whether or not there is anybody', async () => {
    const { deps } = world;
    const actor = keyOf(sale.company.id);
    const input = {
      serviceCode: sale.service.code,
      amountMinor: 100n,
      taxCode: 'standard',
      description: '訪問',
      toKind: 'line',
    } as const;
    const count = (to: string) =>
      countStatements(deps, () => createPaymentRequest(deps, actor, { ...input, to }));
    await count('CAF9999999998');
    assert.equal(await count(sale.buyer.lineId), await count('CAF9999999999'));
  });

  it('finds a line, a telephone number and an issued ID, the last for one person alone', async () => {
    await query()
      .updateTable('line_holder')
      .set({ telephone: '+81355501234' })
      .where('lineId', '=', sale.buyer.lineId)
      .execute();
    const issuedId = composeIssuedId(() => 7);
    await query()
      .updateTable('subscriber')
      .set({ issuedId })
      .where('id', '=', sale.buyer.subscriberId)
      .execute();
    const byTelephone = await ask({ to_kind: 'telephone', to: '０３－５５５０－１２３４' });
    assert.deepEqual([byTelephone.status, byTelephone.body.to_ending], [201, '1234']);
    const rows = [
      await rowOf(byTelephone.body.id),
      await rowOf((await ask({ to_kind: 'issued-id', to: issuedId })).body.id),
    ];
    assert.deepEqual(
      rows.map(({ lineId, subscriberId }) => [lineId, subscriberId]),
      [
        [sale.buyer.lineId, null],
        [sale.buyer.lineId, sale.buyer.subscriberId],
      ],
    );
    assert.ok(rows.every((row) => !Object.values(row).map(String).join(' ').includes('55501234')));
    await query()
      .updateTable('line_holder')
      .set({ telephone: null })
      .where('telephone', '=', '+81355501234')
      .execute();
  });

  it('refuses what is no line ID, telephone number or issued ID', async () => {
    for (const over of [
      { to: 'CAF1' },
      { to_kind: 'telephone', to: '110' },
      { to_kind: 'issued-id', to: 'F00000000001' },
    ]) {
      const { status, body } = await ask(over);
      assert.deepEqual([status, body.code, body.errors?.[0]?.pointer], [422, 'addressee-mistyped', '/to']);
    }
  });

  for (const [who, isThere] of [
    ['somebody', true],
    ['nobody', false],
  ] as const)
    it(`has a limit of open requests to one addressee, also to ${who}; a withdrawal frees one`, async () => {
      const to = isThere ? sale.buyer.lineId : 'CAF9999999999';
      const open = [];
      for (let n = 0; n < 3; n += 1) open.push((await ask({ to })).body.id);
      const refused = await ask({ to });
      assert.deepEqual(
        [refused.status, refused.body.code, refused.body.scope],
        [429, 'payment-request-limit', 'addressee'],
      );
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      await api.post(`/v1/payment-requests/${open[0]}/withdraw`, {});
      assert.equal((await ask({ to })).status, 201);
    });

  it('holds the limit when many are sent at once', async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => ask()));
    assert.equal(replies.filter(({ status }) => status === 201).length, 3);
  });

  it('has a limit of a day, and what was refused does not count', async () => {
    for (let n = 0; n < 6; n += 1) {
      assert.equal((await ask({ to_kind: 'telephone', to: `03-5550-10${n}0` })).status, 201);
      assert.equal((await ask({ service: 'none' })).status, n === 5 ? 429 : 422);
    }
    const refused = await ask({ to_kind: 'telephone', to: '03-5550-2000' });
    assert.deepEqual([refused.status, refused.body.scope], [429, 'company']);
    world.clock.advance(24 * 60 * 60_000);
    assert.equal((await ask({ to_kind: 'telephone', to: '03-5550-2000' })).status, 201);
  });

  it('is withdrawn once, listed and found by its company alone, and is not found by another', async () => {
    const { body } = await ask({ reference: 'visit-1', expires_in_days: 1 });
    const path = `/v1/payment-requests/${body.id}`;
    const other = await makeSale(world.deps);
    const stranger = apiClient(
      world.origin,
      (await makeApiKey(world.deps, { companyId: other.company.id })).token,
    );
    assert.equal((await stranger.get(path)).status, 404);
    assert.equal((await stranger.post(`${path}/withdraw`, {})).status, 404);
    assert.equal((await apiClient(world.origin, 'tbn_wrong').get(path)).status, 401);
    const listed = await api.get<{ items: Request[] }>(
      '/v1/payment-requests?state=pending&reference=visit-1',
    );
    assert.deepEqual(
      listed.body.items.map(({ id }) => id),
      [body.id],
    );
    const withdrawn = await api.post<Request>(`${path}/withdraw`, {});
    assert.deepEqual(
      [withdrawn.status, withdrawn.body.state, withdrawn.body.expires_at],
      [200, 'withdrawn', null],
    );
    assert.equal((await api.post(`${path}/withdraw`, {})).status, 200);
  });

  it('has expired from the very instant on, and cannot be withdrawn then', async () => {
    const { body } = await ask({ expires_in_days: 1 });
    world.clock.set(new Date(body.expires_at!));
    const read = await api.get<Request>(`/v1/payment-requests/${body.id}`);
    assert.deepEqual([read.body.state, read.body.expires_at], ['expired', null]);
    assert.equal((await api.post(`/v1/payment-requests/${body.id}/withdraw`, {})).status, 409);
  });

  it('needs its scopes', async () => {
    const { token } = await makeApiKey(world.deps, { companyId: sale.company.id, scopes: 'charges:write' });
    const poor = apiClient(world.origin, token);
    assert.equal((await ask({}, poor)).status, 403);
    assert.equal((await poor.get('/v1/payment-requests?limit=1')).status, 403);
  });
});
