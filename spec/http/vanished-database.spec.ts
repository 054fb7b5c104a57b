import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { countRows, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeApiKey } from '../support/factories.ts';
import { apiClient, serveApp, type ApiClient, type TestServer } from '../support/http-client.ts';
import { openWire, type Wire } from '../support/wire.ts';

describe('a database that vanishes in the middle of a charge', () => {
  let world: ApiWorld;
  let wire: Wire;
  let orm: Awaited<ReturnType<typeof openOrm>>;
  let server: TestServer;
  let api: ApiClient;
  before(async () => {
    world = await createApiWorld();
    wire = await openWire(world.database.url);
    orm = await openOrm({ databaseUrl: wire.url, timeoutMs: 150 });
    server = await serveApp({ ...world.deps, orm });
    const { token } = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    api = apiClient(server.origin, token);
  });
  after(async () => {
    await server.close();
    await orm.close();
    wire.cut();
    await world.close();
  });

  const charge = (key: string) => {
    const use = { consent: world.consent, amount: 100, tax_code: 'standard', description: '楽曲1曲' };
    return api.post('/v1/usage-charges', use, { key });
  };
  const countCharges = () => countRows(world.deps, 'charge');

  // The last thing the service says before it loses the database, and whether the charge was there then.
  for (const [said, isThere] of [
    ['begin', false],
    ['INSERT INTO charge', false],
    ['commit', true],
  ] as const) {
    it(`after ${said} is not waited for, and the same key finds out what became of it`, async () => {
      const key = `lost-after-${said.replaceAll(' ', '-')}`;
      const before = await countCharges();
      wire.hangAfter(said);
      const lost = await charge(key);
      assert.deepEqual([lost.status, lost.body['code']], [503, 'service-unavailable']);
      assert.equal(lost.headers.get('retry-after'), '1');
      wire.mend();
      const found = await charge(key);
      assert.equal(found.status, 201);
      assert.equal(found.headers.get('idempotent-replayed'), isThere ? 'true' : null);
      assert.equal(await countCharges(), before + 1);
    });
  }
});
