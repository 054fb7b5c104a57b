import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { it } from 'node:test';
import Router from '@koa/router';
import Koa from 'koa';
import { Registry } from 'prom-client';
import { startListener } from '../../src/http/listener.ts';
import { measureRequests } from '../../src/metrics/request-metrics.ts';
import { problems } from '../../src/shared/problem.ts';
import { readExposition, valueOf } from './read-exposition.ts';

it('counts sign-ins by what came of them, the lock-outs from the very start', async () => {
  const registry = new Registry();
  const app = new Koa();
  const router = new Router();
  router.post('/checkout/:id/sign-in', (ctx) => {
    ctx.status = Number(ctx.query['status']);
  });
  app.use(measureRequests(registry)).use(router.routes());
  const { address, close } = await startListener(createServer(app.callback() as RequestListener), {
    host: '127.0.0.1',
    port: 0,
  });
  const count = async (outcome: string) =>
    valueOf(readExposition(await registry.metrics()), 'tabane_sign_ins_total', { outcome });
  assert.equal(await count('locked'), 0);
  const statuses = [303, 303, problems['sign-in-refused'].status, problems['sign-in-locked'].status, 503];
  for (const status of statuses) {
    await fetch(`${address}/checkout/1/sign-in?status=${status}`, { method: 'POST', redirect: 'manual' });
  }
  assert.deepEqual(
    await Promise.all(['accepted', 'refused', 'locked', 'failed'].map((outcome) => count(outcome))),
    [2, 1, 1, 1],
  );
  await close();
});
