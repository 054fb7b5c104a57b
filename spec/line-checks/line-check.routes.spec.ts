import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { changeLine, makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';
import { NOON_IN_TOKYO } from '../support/world.ts';

interface Answer {
  possible: boolean;
  remaining: number;
  checked_on: string;
  code?: string;
  amounts?: string;
}

describe('/v1/line-checks', () => {
  let world: ApiWorld;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  let api: ApiClient;
  let consent: string;
  before(async () => {
    world = await createApiWorld({ LINE_CHECK_AMOUNTS: '500,3000,20000', LINE_MONTHLY_LIMIT: '4000' });
  });
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set(NOON_IN_TOKYO);
    sale = await makeSale(world.deps);
    const { token } = await makeApiKey(world.deps, { companyId: sale.company.id });
    api = apiClient(world.origin, token);
    consent = publicId('consent', sale.consent.id);
  });

  const check = async (amount: number, client = api, key?: string) => {
    const reply = await client.post<Answer>('/v1/line-checks', { consent, amount }, key ? { key } : {});
    return { ...reply.body, status: reply.status, headers: reply.headers, text: reply.text };
  };
  const use = (amount: number) =>
    api.post('/v1/usage-charges', { consent, amount, tax_code: 'standard', description: '楽曲' });
  const stored = () =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_check')
      .selectAll()
      .where('consentId', '=', sale.consent.id)
      .orderBy('position')
      .execute();

  it('says yes while the line has room and no after it, charges nothing, and is logged', async () => {
    const before = await countWritten(world.deps);
    const yes = await check(3_000);
    assert.deepEqual([yes.status, yes.possible, yes.remaining, yes.checked_on], [200, true, 2, '2026-05-10']);
    const { line_period: _, ...written } = await countWritten(world.deps);
    const { line_period: __, ...same } = before;
    assert.deepEqual(written, same);
    assert.equal((await use(2_000)).status, 201);
    const no = await check(3_000);
    assert.deepEqual([no.possible, no.remaining], [false, 1]);
    assert.equal((await check(500)).possible, true);
    const rows = await stored();
    assert.deepEqual(
      rows.map(({ position, possible, amountMinor }) => [position, Number(possible), amountMinor]),
      [
        [1, 1, 3_000n],
        [2, 0, 3_000n],
        [3, 1, 500n],
      ],
    );
    assert.match(rows[0]?.checkedBy ?? '', /^company-key:/);
  });

  it('gives the same bare no for whatever the line does not permit', async () => {
    await changeLine(world.deps, sale.line.lineId, { status: 'suspended' });
    const { status, possible, text } = await check(500);
    assert.deepEqual([status, possible], [200, false]);
    for (const secret of [sale.line.lineId, sale.subscriber.issuedId, 'entitlement', 'suspended'])
      assert.equal(text.includes(secret), false, secret);
  });

  it('checks the fixed amounts alone and names them', async () => {
    const refused = await check(501);
    assert.deepEqual(
      [refused.status, refused.code, refused.amounts],
      [422, 'amount-not-checked', '500, 3000, 20000'],
    );
    // Of the company's own contract it may know.
    assert.equal((await check(20_000)).code, 'amount-above-contract');
    assert.equal((await stored()).length, 0, 'a refusal is no check');
  });

  it('answers a few times a day for a consent, also when all are sent at once, and a retry counts once', async () => {
    const first = await check(500, api, 'retry-1');
    const again = await check(500, api, 'retry-1');
    assert.equal(again.text, first.text);
    const replies = await Promise.all(Array.from({ length: 6 }, () => check(500)));
    const statuses = replies.map(({ status }) => status).toSorted((one, other) => one - other);
    assert.deepEqual(statuses, [200, 200, 429, 429, 429, 429]);
    const limited = replies.find(({ status }) => status === 429);
    // Twelve hours to midnight.
    assert.deepEqual([limited?.code, limited?.headers.get('retry-after')], ['line-check-limit', '43200']);
    assert.equal((await stored()).length, 3);
    world.clock.advance(12 * 3_600_000);
    assert.equal((await check(500)).remaining, 2);
  });

  it('knows no consent of another company, and none that is over', async () => {
    const foreign = await check(500, world.other);
    assert.deepEqual([foreign.status, foreign.code], [404, 'consent-not-found']);
    await api.post(`/v1/consents/${consent}/end`);
    const ended = await check(500);
    assert.deepEqual([ended.status, ended.code], [409, 'consent-not-active']);
  });

  it('needs its own scope, and keeps what was answered', async () => {
    const { token } = await makeApiKey(world.deps, { companyId: sale.company.id, scopes: 'charges:write' });
    const limited = await check(500, apiClient(world.origin, token));
    assert.deepEqual([limited.status, limited.code], [403, 'api-key-scope-missing']);
    await check(500);
    await assert.rejects(
      sqlOf(world.deps.orm.em.fork())
        .updateTable('line_check')
        .set({ possible: false })
        .where('consentId', '=', sale.consent.id)
        .execute(),
      /line_check_is_final/,
    );
  });
});
