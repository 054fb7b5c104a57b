import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type Koa from 'koa';
import { createApp, createStaffApp } from '../../src/app.ts';
import { createPortals } from '../../src/portal/portals.ts';
import { ScriptedLineCheck } from '../support/checkout-site.ts';
import { createWorld, type World } from '../support/world.ts';

describe('the two listeners', () => {
  let world: World;
  const servers: { origin: string; close: () => void }[] = [];
  before(async () => {
    world = await createWorld();
    const deps = { ...world.deps, lineCheck: new ScriptedLineCheck() };
    for (const app of [createApp(deps), createStaffApp(deps)]) servers.push(await listen(app));
  });
  after(async () => {
    for (const { close } of servers) close();
    await world.close();
  });
  const get = (index: number, path: string) =>
    fetch(`${servers[index]!.origin}${path}`, { redirect: 'manual', headers: { accept: 'text/html' } });

  it('both tell their health', async () => {
    for (const index of [0, 1]) {
      assert.equal((await get(index, '/health/live')).status, 200);
      assert.equal((await get(index, '/health/ready')).status, 200);
    }
  });

  it('each serve their own portals, and nothing of the other', async () => {
    const portals = createPortals(world.config);
    for (const [index, listener] of ['public', 'staff'].entries()) {
      for (const { pages } of portals.filter((portal) => portal.listener !== listener)) {
        for (const { path } of pages) {
          if (listener === 'public' || path !== '/') assert.equal((await get(index, path)).status, 404, path);
        }
      }
    }
    assert.equal((await get(0, '/docs')).status, 200);
  });

  it('the staff listener leads to where staff sign in', async () => {
    const reply = await get(1, '/');
    assert.deepEqual([reply.status, reply.headers.get('location')], [302, '/staff']);
    assert.equal((await get(1, '/staff')).headers.get('location'), '/staff/sign-in?next=%2Fstaff');
  });

  it('the staff listener has neither the API nor the checkout', async () => {
    for (const path of ['/v1/charges', '/openapi.json', '/docs', '/checkout/ch_1/x']) {
      assert.equal((await get(1, path)).status, 404, path);
    }
  });
});

async function listen(app: Koa) {
  const server = createServer(app.callback() as RequestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}
