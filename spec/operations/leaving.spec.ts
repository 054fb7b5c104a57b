import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openWire } from '../support/wire.ts';
import { startServiceProcess } from './service-process.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

it('says that it is not ready before it refuses anybody, and answers everybody until then', async () => {
  const service = await startServiceProcess({ DATABASE_URL: database.url, DRAIN_MS: '2000' });
  const askReady = () => fetch(`${service.address}/health/ready`);
  assert.equal((await askReady()).status, 200);
  service.child.kill('SIGTERM');
  let reply = await askReady();
  while (reply.status === 200) reply = await askReady();
  assert.deepEqual([reply.status, await reply.json()], [503, { status: 'stopping' }]);
  const sale = await fetch(`${service.address}/v1/charges`);
  assert.deepEqual([sale.status, sale.headers.get('connection')], [401, 'close']);
  assert.equal((await fetch(`${service.metricsAddress}/metrics`)).status, 200, 'still watched');
  assert.deepEqual(await service.ended, { code: 0, errors: '' });
});

it('ends although the database hangs with a statement under way', { timeout: 30_000 }, async (t) => {
  const wire = await openWire(database.url);
  t.after(() => wire.cut());
  const service = await startServiceProcess({ DATABASE_URL: wire.url });
  wire.hang();
  const client = new AbortController();
  const asked = fetch(`${service.address}/v1/charges`, {
    headers: { authorization: `Bearer tbn_01JWFF00000000000000000000_${'x'.repeat(43)}` },
    signal: client.signal,
  });
  let busy = false;
  while (!busy) {
    const metrics = await (await fetch(`${service.metricsAddress}/metrics`)).text();
    busy = /^tabane_http_requests_in_flight 1$/m.test(metrics);
  }
  client.abort();
  await assert.rejects(asked, { name: 'AbortError' });
  service.child.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, errors: '' });
});
