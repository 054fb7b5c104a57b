import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grantConsent } from '../../src/consents/grant-consent.ts';
import { parsePublicId } from '../../src/shared/public-id.rules.ts';
import { countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { signedIn } from '../support/actors.ts';

describe('/v1/consents', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const input = (over: Record<string, unknown> = {}) => ({
    service: world.sale.service.code,
    description: '楽曲の都度払い',
    return_url: 'https://shop.example/account',
    ...over,
  });
  const create = async (over?: Record<string, unknown>) => {
    const { status, body } = await world.api.post<{ id: string }>('/v1/consents', input(over));
    assert.equal(status, 201);
    return body.id;
  };

  it('asks for a consent with the address to agree at', async () => {
    const { status, body } = await world.api.post('/v1/consents', input({ per_charge_max: 300 }));
    assert.equal(status, 201);
    const { id, confirm_url: confirmUrl, ...rest } = body;
    assert.ok(String(confirmUrl).startsWith(`${world.config.publicOrigin}/checkout/${String(id)}/`));
    assert.deepEqual(rest, {
      state: 'pending',
      service: world.sale.service.code,
      description: '楽曲の都度払い',
      per_charge_max: 300,
      reference: null,
      currency: 'JPY',
      refusal: null,
      refused_at: null,
      created_at: '2026-05-10T03:00:00.000Z',
      expires_at: '2026-05-10T03:30:00.000Z',
      agreed_at: null,
      ended_at: null,
    });
  });

  it('shows an agreed consent without who agreed, and ends it', async () => {
    const id = await create();
    await grantConsent(world.deps, signedIn(world.sale.buyer), {
      consentId: parsePublicId('consent', id) ?? '',
    });
    const read = await world.api.get(`/v1/consents/${id}`);
    assert.deepEqual([read.status, read.body['state'], read.body['confirm_url']], [200, 'active', null]);
    assert.ok(!read.text.includes(world.sale.line.lineId));
    const ended = await world.api.post(`/v1/consents/${id}/end`);
    assert.deepEqual([ended.status, ended.body['state']], [200, 'ended']);
  });

  it('lists consents of one state, page by page', async () => {
    const made = [await create(), await create(), await create()].toReversed();
    interface Page {
      items: { id: string }[];
      next: string | null;
    }
    const first = await world.api.get<Page>('/v1/consents?state=pending&limit=2');
    const second = await world.api.get<Page>(`/v1/consents?state=pending&limit=1&after=${first.body.next}`);
    assert.deepEqual(
      [...first.body.items, ...second.body.items].map(({ id }) => id),
      made,
    );
  });

  it("finds nothing of another company's consent, and changes nothing", async () => {
    const before = await countWritten(world.deps);
    const replies = [
      await world.other.get(`/v1/consents/${world.consent}`),
      await world.other.post(`/v1/consents/${world.consent}/end`),
      await world.api.get('/v1/consents/nothing'),
    ];
    for (const { status, body } of replies)
      assert.deepEqual([status, body['code']], [404, 'consent-not-found']);
    assert.equal((await world.api.get(`/v1/consents/${world.consent}`)).body['state'], 'active');
    assert.deepEqual(await countWritten(world.deps), before);
  });

  it('refuses wrong members, and ending what nobody has agreed to', async () => {
    for (const over of [
      { service: 1 },
      { per_charge_max: 0 },
      { description: undefined },
      { line_id: 'x' },
    ]) {
      assert.equal((await world.api.post('/v1/consents', input(over))).status, 400);
    }
    const { status, body } = await world.api.post(`/v1/consents/${await create()}/end`);
    assert.deepEqual([status, body['code']], [409, 'illegal-state']);
  });
});
