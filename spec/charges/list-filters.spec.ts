import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { listQuery } from '../../src/charges/effective-state.queries.ts';
import type { ListedTable, ListFilter } from '../../src/charges/list-filter.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createIds } from '../../src/shared/ids.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeService } from '../support/factories.ts';

interface Page {
  items: { id: string; reference: string | null; kind?: string }[];
  next: string | null;
  code?: string;
}

const HOUR_MS = 3_600_000;
const newest = (...found: readonly (string | undefined)[]) => found.toReversed();

describe('filters of lists', () => {
  let world: ApiWorld;
  let second: string;
  const usages: string[] = [];
  const sales: string[] = [];
  let refund: string;
  before(async () => {
    world = await createApiWorld();
    ({ code: second } = await makeService(world.deps, { companyId: world.sale.company.id }));
    for (const reference of ['u-1', 'u-2']) {
      const body = {
        consent: world.consent,
        amount: 100,
        tax_code: 'standard',
        description: '楽曲',
        reference,
      };
      usages.push((await world.api.post<{ id: string }>('/v1/usage-charges', body)).body.id);
      world.clock.advance(HOUR_MS);
    }
    for (const service of [world.sale.service.code, second]) {
      const body = {
        service,
        amount: 100,
        tax_code: 'standard',
        description: '映画',
        return_url: 'https://shop.example/x',
        capture: 'automatic',
      };
      sales.push((await world.api.post<{ id: string }>('/v1/charges', body)).body.id);
      world.clock.advance(60_000);
    }
    const made = await world.api.post<{ id: string }>(`/v1/charges/${usages[0]}/refunds`, {
      reason: 'defective',
    });
    assert.equal(made.status, 201, made.text);
    refund = made.body.id;
  });
  after(() => world.close());

  const ids = async (path: string) => {
    const { status, body, text } = await world.api.get<Page>(path);
    assert.equal(status, 200, text);
    return body.items.map(({ id }) => id);
  };

  it('finds charges by kind, consent, service, period, state and time, newest first', async () => {
    const own = world.sale.service.code;
    assert.deepEqual(await ids('/v1/charges?kind=usage'), newest(...usages));
    assert.deepEqual(await ids('/v1/charges?kind=one_time'), newest(...sales));
    assert.deepEqual(await ids(`/v1/charges?consent=${world.consent}`), newest(...usages));
    assert.deepEqual(await ids(`/v1/charges?service=${second}`), [sales[1]]);
    assert.deepEqual(await ids(`/v1/charges?service=${own}&state=pending`), [sales[0]]);
    assert.deepEqual(await ids('/v1/charges?billing_period=2026-05'), newest(...usages));
    assert.deepEqual(await ids('/v1/charges?billing_period=2026-04'), []);
    assert.deepEqual(await ids('/v1/charges?reference=u-1&kind=usage'), [usages[0]]);
    assert.deepEqual(await ids('/v1/charges?subscription=sb_01JV4QK5NCR8ZVY1M3XTEB7WDG'), []);
    // The first use was charged at 03:00 exactly: the beginning is included, the end is not.
    assert.deepEqual(await ids('/v1/charges?created_before=2026-05-10T03:00:00Z'), []);
    assert.deepEqual(
      await ids('/v1/charges?created_from=2026-05-10T03:00:00Z&created_before=2026-05-10T04:00:00.000Z'),
      [usages[0]],
    );
    assert.deepEqual(await ids('/v1/charges?created_from=2026-05-10T13:00:00%2B09:00&kind=usage'), [
      usages[1],
    ]);
  });

  it('continues with the next page of the same filter', async () => {
    const first = await world.api.get<Page>('/v1/charges?kind=usage&limit=1');
    assert.equal(first.body.next, usages[1]);
    assert.deepEqual(await ids(`/v1/charges?kind=usage&limit=1&after=${first.body.next}`), [usages[0]]);
  });

  it('filters refunds, consents and subscriptions', async () => {
    for (const query of [
      'billing_period=2026-05',
      `charge=${usages[0]}`,
      `service=${world.sale.service.code}`,
    ])
      assert.deepEqual(await ids(`/v1/refunds?${query}`), [refund], query);
    for (const query of [`charge=${usages[1]}`, `service=${second}`, 'billing_period=2026-06'])
      assert.deepEqual(await ids(`/v1/refunds?${query}`), [], query);
    assert.deepEqual(await ids('/v1/refunds?subscription=sb_01JV4QK5NCR8ZVY1M3XTEB7WDG'), []);
    const terms = { service: second, description: '都度払い', return_url: 'https://shop.example/x' };
    const consent = await world.api.post<Page['items'][0] & { expires_at: string }>('/v1/consents', {
      ...terms,
      reference: 'm-1',
    });
    assert.deepEqual([consent.body.reference, consent.body.expires_at.slice(0, 10)], ['m-1', '2026-05-10']);
    for (const query of ['reference=m-1', `service=${second}`, 'reference=m-1&state=pending'])
      assert.deepEqual(await ids(`/v1/consents?${query}`), [consent.body.id], query);
    const monthly = { ...terms, item: 'x', amount: 100, tax_code: 'standard', charge_day: 1 };
    const subscription = await world.api.post<{ id: string; expires_at: string | null }>(
      '/v1/subscriptions',
      monthly,
    );
    assert.ok(subscription.body.expires_at);
    assert.deepEqual(await ids(`/v1/subscriptions?service=${second}`), [subscription.body.id]);
    assert.deepEqual(await ids('/v1/subscriptions?created_before=2026-05-10T00:00:00Z'), []);
  });

  it('names what cannot be read, and shows nothing of another company', async () => {
    const refused: readonly (readonly [string, string, string])[] = [
      ['created_from=yesterday', 'invalid-request', '/created_from'],
      ['created_from=2026-05-10T03:00:00+09:00', 'invalid-request', '/created_from'],
      ['created_from=2026-05-10T03:00:60Z', 'invalid-request', '/created_from'],
      [
        'created_from=2026-05-11T00:00:00Z&created_before=2026-05-10T00:00:00Z',
        'invalid-request',
        '/created_before',
      ],
      ['billing_period=2026-13', 'invalid-request', '/billing_period'],
      ['consent=ch_01JV4QK5NCR8ZVY1M3XTEB7WDG', 'invalid-request', '/consent'],
      ['service=unknown', 'service-not-found', '/service'],
    ];
    for (const [query, code, pointer] of refused) {
      const { body } = await world.api.get<{ code: string; errors: { pointer: string }[] }>(
        `/v1/charges?${query}`,
      );
      assert.deepEqual([body.code, body.errors[0]?.pointer], [code, pointer], query);
    }
    for (const query of [`consent=${world.consent}`, 'kind=usage', 'billing_period=2026-05']) {
      const { body } = await world.other.get<Page>(`/v1/charges?${query}`);
      assert.deepEqual(body.items, [], query);
    }
    const foreign = await world.other.get<Page>(`/v1/charges?service=${second}`);
    assert.equal(foreign.body.code, 'service-not-found');
  });

  it('reads the services of the company alone', async () => {
    interface Services {
      items: { code: string; complete: boolean; return_origins: string[] }[];
      next: string | null;
    }
    const codes = [world.sale.service.code, second].toSorted();
    const first = await world.api.get<Services>('/v1/services?limit=1');
    assert.deepEqual([first.body.items[0]?.code, first.body.next], [codes[0], codes[0]]);
    const rest = await world.api.get<Services>(`/v1/services?after=${first.body.next}`);
    assert.deepEqual([rest.body.items.map(({ code }) => code), rest.body.next], [[codes[1]], null]);
    const one = await world.api.get<Services['items'][0]>(`/v1/services/${second}`);
    assert.deepEqual([one.body.complete, one.body.return_origins], [true, ['https://shop.example']]);
    const foreign = await world.other.get<{ code: string }>(`/v1/services/${second}`);
    assert.deepEqual([foreign.status, foreign.body.code], [404, 'offered-service-not-found']);
    const without = await (await world.withScopes('refunds:read')).get<{ code: string }>('/v1/services');
    assert.deepEqual([without.status, without.body.code], [403, 'api-key-scope-missing']);
  });

  it('reads each filter along its key, however many rows it skips', async () => {
    const { company, service, consent } = world.sale;
    const nextId = createIds({ now: () => new Date('2026-05-01T00:00:00Z') });
    const many = Array.from({ length: 2_000 }, () => nextId.next());
    const values = many.map((id) => `('${id}')`).join(',');
    await run(`INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, tax_code, description,
        automatic_capture, created_at, consent_id)
      SELECT v.id, ${company.id}, ${service.id}, 'usage', 'cancelled', 1, 'standard', 'x', 1, '2026-05-01', '${consent.id}'
      FROM (SELECT '' AS id WHERE FALSE UNION ALL VALUES ${values}) v`);
    await run('ANALYZE TABLE charge');
    const plans: readonly (readonly [ListedTable, ListFilter, string])[] = [
      ['charge', { kind: 'one_time' }, 'charge_of_kind'],
      ['charge', { kind: 'one_time', serviceId: service.id }, 'charge_of_kind'],
      ['charge', { consentId: consent.id }, 'charge_of_consent'],
      ['charge', { billingPeriod: '2026-05' }, 'charge_of_period'],
      ['charge', { serviceId: service.id }, 'charge_service'],
      ['charge', { state: 'captured', kind: 'usage' }, 'charge_of_kind'],
      ['charge', { createdBefore: new Date('2026-04-01T00:00:00Z') }, 'charge_of_company'],
      ['charge', { subscriptionId: '01JV4QK5NCR8ZVY1M3XTEB7WDG' }, 'charge_subscription_month'],
      ['consent', { reference: 'm-1' }, 'consent_of_reference'],
      ['subscription', { serviceId: service.id }, 'subscription_service'],
      ['refund', { serviceId: service.id }, 'refund_of_service'],
      ['refund', { billingPeriod: '2026-05' }, 'refund_of_month'],
      ['refund', { chargeId: '01JV4QK5NCR8ZVY1M3XTEB7WDG' }, 'refund_in_turn'],
    ];
    for (const [table, filter, key] of plans) {
      const page = { owned: { companyId: company.id }, limit: 21, ...filter };
      const { text, values: given } = listQuery(table, page, new Date());
      const plan = (await run(`EXPLAIN ${text}`, given)).rows as Record<string, string | null>[];
      const read = plan.find((row) => row['table'] === table);
      assert.equal(read?.['key'], key, JSON.stringify(filter));
      const isFew = key === 'charge_subscription_month' || table === 'refund';
      assert.equal(read?.['Extra']?.includes('filesort') && !isFew, false, JSON.stringify([filter, read]));
    }
  });

  const run = (text: string, values: readonly unknown[] = []) =>
    sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(text, [...values]));
});
