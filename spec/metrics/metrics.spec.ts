import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient } from '../support/http-client.ts';
import { openWire } from '../support/wire.ts';
import { createWorld } from '../support/world.ts';
import { openMetricsSite, type MetricsSite } from './metrics-site.ts';
import { valueOf } from './read-exposition.ts';

describe('the metrics of a service process', () => {
  let site: MetricsSite;
  before(async () => {
    site = await openMetricsSite();
  });
  after(() => site.close());

  it('are in the text format, each named by the conventions and explained', async () => {
    const reply = await fetch(`${site.metricsOrigin}/metrics`);
    assert.equal(reply.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const metrics = await site.scrape();
    const ours = [...metrics].filter(([name]) => name.startsWith('tabane_'));
    assert.ok(ours.length >= 16);
    for (const [name, { help, type }] of ours) {
      assert.match(name, /^[a-z]+(_[a-z]+)+$/);
      assert.equal(name.endsWith('_total'), type === 'counter', `${name} is a ${type}`);
      assert.match(help, /^.{20,}\.$/, name);
    }
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
      assert.ok(metrics.get(name)!.samples[0]!.value > 0, name);
    }
  });

  it('are nowhere on the public origin, and nothing else is beside them', async () => {
    assert.equal((await fetch(`${site.origin}/metrics`)).status, 404);
    for (const path of ['/', '/health/live', '/metrics/x', '//']) {
      assert.equal((await fetch(`${site.metricsOrigin}${path}`)).status, 404, path);
    }
    const posted = await fetch(`${site.metricsOrigin}/metrics`, { method: 'POST', body: 'x' });
    assert.equal(posted.status, 405);
  });

  it('tell requests by route and class of status, and never by what was asked for', async () => {
    const { company } = await makeSale(site.deps);
    const { token } = await makeApiKey(site.deps, { companyId: company.id });
    const api = apiClient(site.origin, token);
    await api.get('/v1/charges/ch_01JWFF00000000000000000000');
    await api.get('/v1/charges/ch_01JWFF00000000000000000001');
    await api.get('/v1/charges?limit=2');
    await fetch(`${site.origin}/nowhere/CAF0000000001`);
    const metrics = await site.scrape();
    const count = (route: string, status: string) =>
      valueOf(metrics, 'tabane_http_request_duration_seconds_count', { method: 'GET', route, status });
    assert.equal(count('/v1/charges/:id', '4xx'), 2);
    assert.equal(count('/v1/charges', '2xx'), 1);
    assert.ok(count('unmatched', '4xx')! >= 1);
    const labels = JSON.stringify(metrics.get('tabane_http_request_duration_seconds')!.samples);
    for (const asked of ['01JWFF', 'CAF', 'nowhere', 'limit']) assert.ok(!labels.includes(asked), asked);
    assert.equal(valueOf(metrics, 'tabane_http_requests_in_flight'), 0);
  });

  it('count what the line check counts, each server by itself', async () => {
    const [first, second] = site.stats;
    Object.assign(first, { sent: 7, retransmitted: 3, sendFailures: 1, accepted: 4, rejected: 2 });
    first.droppedReplies['message-authenticator-wrong'] = 5;
    Object.assign(second, { sent: 6, timeouts: 6 });
    const metrics = await site.scrape();
    const valuesOf = (server: string) => [
      valueOf(metrics, 'tabane_radius_transmissions_total', { server, kind: 'first' }),
      valueOf(metrics, 'tabane_radius_transmissions_total', { server, kind: 'repeated' }),
      valueOf(metrics, 'tabane_radius_transmissions_total', { server, kind: 'failed' }),
      valueOf(metrics, 'tabane_radius_replies_total', { server, outcome: 'accepted' }),
      valueOf(metrics, 'tabane_radius_replies_total', { server, outcome: 'rejected' }),
      valueOf(metrics, 'tabane_radius_timeouts_total', { server }),
      valueOf(metrics, 'tabane_radius_dropped_replies_total', {
        server,
        reason: 'message-authenticator-wrong',
      }),
    ];
    assert.deepEqual(valuesOf('192.0.2.1:1812'), [7, 3, 1, 4, 2, 0, 5]);
    assert.deepEqual(valuesOf('192.0.2.2:1812'), [6, 0, 0, 0, 0, 6, 0]);
  });

  it('say which release runs, on which Node', async () => {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
    ) as { version: string };
    const { samples } = (await site.scrape()).get('tabane_build_info')!;
    const labels = { version, node: process.versions.node };
    assert.deepEqual(samples, [{ name: 'tabane_build_info', labels, value: 1 }]);
  });

  it('show the connections that are in use', async () => {
    const idle = await site.scrape();
    await inTransaction(site.deps, async (tx) => {
      await tx.em.execute('SELECT 1');
      const busy = valueOf(await site.scrape(), 'tabane_database_connections', { state: 'busy' });
      assert.equal(busy, 1);
    });
    assert.equal(valueOf(idle, 'tabane_database_connections', { state: 'busy' }), 0);
    assert.equal(valueOf(idle, 'tabane_database_connections_max'), 20);
    assert.equal(valueOf(idle, 'tabane_database_waiting'), 0);
  });
});

it('answers without the figures of the nights when the database is out of reach', async () => {
  const world = await createWorld();
  const wire = await openWire(world.database.url);
  const orm = await openOrm({ databaseUrl: wire.url });
  wire.cut();
  const site = await openMetricsSite({ ...world.deps, orm });
  const metrics = await site.scrape();
  assert.equal(valueOf(metrics, 'tabane_database_up'), 0);
  assert.deepEqual(metrics.get('tabane_nights_behind')!.samples, []);
  assert.deepEqual(metrics.get('tabane_billing_periods_overdue')!.samples, []);
  assert.ok(metrics.get('process_cpu_seconds_total'));
  await site.close();
  await orm.close();
  await world.close();
});

it('says that a database that hung is back as soon as it is, while the connection that hung still does', async () => {
  const world = await createWorld();
  const wire = await openWire(world.database.url);
  const orm = await openOrm({ databaseUrl: wire.url, poolSize: 1, timeoutMs: 100 });
  const site = await openMetricsSite({ ...world.deps, orm });
  const isUp = async () => valueOf(await site.scrape(), 'tabane_database_up');
  assert.equal(await isUp(), 1);
  wire.hang();
  assert.equal(await isUp(), 0);
  wire.mend();
  assert.equal(await isUp(), 1);
  await site.close();
  wire.cut();
  await orm.close();
  await world.close();
});
