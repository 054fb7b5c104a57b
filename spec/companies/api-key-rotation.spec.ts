import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isInNetworks, readNetworks } from '../../src/companies/allowed-addresses.rules.ts';
import { listApiKeys } from '../../src/companies/company.queries.ts';
import { restrictApiKey } from '../../src/companies/restrict-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { rotateApiKey } from '../../src/companies/rotate-api-key.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { staff } from '../support/actors.ts';
import { makeApiKey } from '../support/factories.ts';
import { apiClient } from '../support/http-client.ts';

const HOUR_MS = 3_600_000;

// Far from UTC: an instant of the database that is read as local time would be hours off.
process.env['TZ'] = 'Asia/Tokyo';

describe('an API key', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld({ TRUST_PROXY: 'x-forwarded-for' });
  });
  after(() => world.close());

  const newKey = (scopes?: string) =>
    makeApiKey(world.deps, { companyId: world.sale.company.id, ...(scopes && { scopes }) });
  const ask = async (token: string, from = '203.0.113.5') => {
    const reply = await apiClient(world.origin, token).get<{ code?: string; detail?: string }>(
      '/v1/charges',
      {
        headers: { 'x-forwarded-for': from },
      },
    );
    return { status: reply.status, ...reply.body };
  };

  it('is replaced by one with the same scopes; both work until the old one ends, to the instant', async () => {
    const old = await newKey('charges:read');
    const next = await rotateApiKey(world.deps, staff(), { id: old.id, overlapHours: 24 });
    assert.equal(next.endsAt.getTime(), world.clock.now().getTime() + 24 * HOUR_MS);
    assert.deepEqual([(await ask(old.token)).status, (await ask(next.token)).status], [200, 200]);
    const row = (await listApiKeys(world.deps, staff(), world.sale.company.code)).find(
      ({ id }) => id === next.id,
    );
    assert.equal(row?.scopes, 'charges:read');
    world.clock.advance(24 * HOUR_MS - 1);
    assert.equal((await ask(old.token)).status, 200);
    world.clock.advance(1);
    const ended = await ask(old.token);
    assert.deepEqual([ended.status, ended.code, ended.detail], [401, 'api-key-invalid', undefined]);
    assert.equal((await ask(next.token)).status, 200);
  });

  it('is replaced once, also by two people at once, and not after it was revoked', async () => {
    const { id } = await newKey();
    const both = await Promise.allSettled([
      rotateApiKey(world.deps, staff(), { id, overlapHours: 1 }),
      rotateApiKey(world.deps, staff(), { id, overlapHours: 1 }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const revoked = await newKey();
    await revokeApiKey(world.deps, staff(), { id: revoked.id });
    await assert.rejects(rotateApiKey(world.deps, staff(), { id: revoked.id, overlapHours: 1 }), {
      code: 'illegal-state',
    });
    for (const overlapHours of [0, 721, 1.5])
      await assert.rejects(rotateApiKey(world.deps, staff(), { id, overlapHours }), {
        code: 'invalid-request',
      });
    await assert.rejects(
      sqlOf(world.deps.orm.em.fork())
        .updateTable('api_key')
        .set({ endsAt: new Date('2030-01-01T00:00:00Z') })
        .where('id', '=', id)
        .execute(),
      /api_key_is_final/,
    );
  });

  it('can still be revoked at once while its successor works', async () => {
    const old = await newKey();
    const next = await rotateApiKey(world.deps, staff(), { id: old.id, overlapHours: 24 });
    await revokeApiKey(world.deps, staff(), { id: old.id });
    assert.deepEqual([(await ask(old.token)).status, (await ask(next.token)).status], [401, 200]);
  });

  it('works from its addresses alone, which its successor inherits', async () => {
    const key = await newKey();
    const addresses = ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'];
    const set = await restrictApiKey(world.deps, staff(), { id: key.id, addresses });
    assert.deepEqual(set.addresses, ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7/32']);
    for (const from of ['203.0.113.255', '2001:db8:1::1', '198.51.100.7', '::ffff:203.0.113.1'])
      assert.equal((await ask(key.token, from)).status, 200, from);
    // Only the hop that our proxy appended counts.
    for (const from of ['203.0.114.1', '2001:db9::1', '198.51.100.8', 'nonsense', '203.0.113.5, 192.0.2.1']) {
      const refused = await ask(key.token, from);
      assert.deepEqual([refused.status, refused.code], [403, 'address-not-allowed'], from);
    }
    const next = await rotateApiKey(world.deps, staff(), { id: key.id, overlapHours: 1 });
    assert.deepEqual(
      [(await ask(next.token)).status, (await ask(next.token, '192.0.2.1')).status],
      [200, 403],
    );
    await restrictApiKey(world.deps, staff(), { id: key.id, addresses: null });
    assert.equal((await ask(key.token, '192.0.2.1')).status, 200);
  });

  it('does not show whether a key is right to who comes from elsewhere with a wrong one', async () => {
    const key = await newKey();
    await restrictApiKey(world.deps, staff(), { id: key.id, addresses: ['203.0.113.0/24'] });
    const wrong = `${key.token.slice(0, -3)}abc`;
    assert.equal((await ask(wrong, '192.0.2.1')).code, 'api-key-invalid');
  });
});

describe('addresses of a key', () => {
  it('are read in one notation, each once', () => {
    assert.equal(
      readNetworks(['203.0.113.5', ' 203.0.113.5/32 ', '2001:DB8:0::/48']),
      '203.0.113.5/32 2001:db8::/48',
    );
  });

  it('name the entry that cannot be read', () => {
    for (const entry of [
      'shop.example',
      '203.0.113.0/33',
      '203.0.113.0/',
      '203.0.113.0/08',
      '::/0',
      '10.0.0.0/8/8',
      '',
    ])
      assert.throws(() => readNetworks(['192.0.2.1', entry]), /addresses\/1 must be/, entry);
    assert.throws(() => readNetworks([]), { code: 'invalid-request' });
  });

  it('compare to the bit', () => {
    assert.equal(isInNetworks('192.0.2.128/25', '192.0.2.128'), true);
    assert.equal(isInNetworks('192.0.2.128/25', '192.0.2.127'), false);
    assert.equal(isInNetworks('192.0.2.128/25', undefined), false);
    assert.equal(isInNetworks('2001:db8::8000/113', '2001:db8::7fff'), false);
  });
});
