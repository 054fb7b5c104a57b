import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { scopeOf } from '../../src/access/can.rules.ts';
import { scopes as allScopes } from '../../src/companies/scopes.ts';
import { generateApiKey } from '../../src/companies/api-key.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { apiEndpoints } from '../../src/api-endpoints.ts';
import { countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';

/** An endpoint is sent what its key may read: the types of the example. */
const BESIDES: Readonly<Record<string, string>> = {
  createWebhookEndpoint: ' charges:read refunds:read',
};

describe('API keys', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  const call = (client: ApiClient, endpoint: (typeof apiEndpoints)[number]) => {
    const path = endpoint.path.replace(':id', `ch_${world.deps.ids.next()}`);
    const { method, exampleBody = {} } = endpoint;
    return method === 'get' || method === 'delete' ? client[method](path) : client[method](path, exampleBody);
  };

  for (const endpoint of apiEndpoints) {
    const name = `${endpoint.method.toUpperCase()} ${endpoint.path}`;
    const scope = scopeOf(endpoint.permission);
    it(`${name} asks for a key, and for one with ${scope}`, async () => {
      const before = await countWritten(world.deps);
      const anonymous = await call(world.anonymous, endpoint);
      assert.deepEqual([anonymous.status, anonymous.body['code']], [401, 'api-key-invalid']);
      assert.equal(anonymous.headers.get('www-authenticate'), 'Bearer realm="tabane"');
      const others = allScopes.filter((other) => other !== scope);
      const limited = await call(await world.withScopes(others.join(' ')), endpoint);
      assert.deepEqual([limited.status, limited.body['code']], [403, 'api-key-scope-missing']);
      assert.deepEqual(await countWritten(world.deps), before);
      const allowed = await call(await world.withScopes(`${scope}${BESIDES[endpoint.name] ?? ''}`), endpoint);
      assert.ok(![401, 403].includes(allowed.status), `${allowed.status} ${allowed.text}`);
    });
  }

  it('refuses a malformed, an unknown and a wrong key alike', async () => {
    const { id } = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    const unknown = generateApiKey(world.deps.ids);
    const tokens = [
      'x',
      'tbn_',
      unknown.token,
      `tbn_${id}_${unknown.secret}`,
      `tbn_${id}_`,
      `${unknown.token}x`,
    ];
    for (const token of tokens) {
      const { status, body, headers } = await apiClient(world.origin, token).get('/v1/charges');
      assert.deepEqual([status, body['code'], body['detail']], [401, 'api-key-invalid', undefined], token);
      assert.equal(headers.get('www-authenticate'), 'Bearer realm="tabane", error="invalid_token"');
    }
  });

  it('takes no key in another scheme', async () => {
    const { token } = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    const { status } = await world.anonymous.get('/v1/charges', {
      headers: { authorization: `Basic ${token}` },
    });
    assert.equal(status, 401);
  });

  it('refuses a revoked key with the very next request, and writes nothing', async () => {
    const key = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    const client = apiClient(world.origin, key.token);
    assert.equal((await client.get('/v1/charges')).status, 200);
    const revokedAt = world.clock.now();
    const sql = sqlOf(world.deps.orm.em.fork());
    await sql.updateTable('api_key').set({ revokedAt }).where('id', '=', key.id).execute();
    const before = await countWritten(world.deps);
    assert.equal((await client.get('/v1/charges')).status, 401);
    const item = { consent: world.consent, amount: 100, tax_code: 'standard', description: 'x' };
    assert.equal((await client.post('/v1/usage-charges', item)).status, 401);
    assert.deepEqual(await countWritten(world.deps), before);
  });

  it('reports a suspension to the holder of a key of the company, and to nobody else', async () => {
    const { company } = await makeSale(world.deps);
    const { token } = await makeApiKey(world.deps, { companyId: company.id });
    const client = apiClient(world.origin, token);
    assert.equal((await client.get('/v1/charges')).status, 200);
    const sql = sqlOf(world.deps.orm.em.fork());
    await sql.updateTable('company').set({ state: 'suspended' }).where('id', '=', company.id).execute();
    const { status, headers, body } = await client.get('/v1/charges');
    assert.deepEqual([status, body['code']], [403, 'company-suspended']);
    assert.equal(headers.get('www-authenticate'), null);
    const guessed = apiClient(world.origin, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`);
    assert.equal((await guessed.get('/v1/charges')).status, 401);
  });

  it('learns who asks before it reads what is sent', async () => {
    const { status } = await world.anonymous.post('/v1/charges', 'x'.repeat(100_000));
    assert.equal(status, 401);
  });
});
