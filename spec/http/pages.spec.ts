import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { problems } from '../../src/shared/problem.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';

describe('what every answer carries', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());
  const get = (path: string, init?: RequestInit) => fetch(`${world.origin}${path}`, init);

  it('says that the process runs and that its database answers', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const reply = await get(path);
      assert.equal(reply.status, 200);
      assert.equal((await get(path, { method: 'HEAD' })).status, 200);
    }
  });

  it('has a name for the request, which a problem repeats', async () => {
    const reply = await get('/v1/charges', { headers: { 'x-request-id': 'chosen-by-a-stranger' } });
    const name = reply.headers.get('x-request-id');
    assert.match(name ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(((await reply.json()) as Record<string, unknown>)['request_id'], name);
  });

  it('makes browsers strict and keeps answers of the API out of caches', async () => {
    const { headers } = await get('/v1/charges');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-powered-by'), null);
    assert.equal(headers.get('strict-transport-security'), null, 'not over plain http');
  });

  it('is a page for a browser on a page address, and JSON for everybody on the API', async () => {
    const accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';
    const browser = { headers: { accept, 'accept-language': 'en' } };
    const page = await get('/nowhere/<b>', browser);
    assert.equal(page.status, 404);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    const text = await page.text();
    assert.match(text, /Page not found/);
    assert.match(text, /<a class="button" href="\/">/);
    assert.doesNotMatch(text, /<b>|nowhere/);
    assert.match(text, /href="\?lang=ja"/, 'no address that a stranger made up becomes a link');
    const api = await get('/v1/charges', browser);
    assert.match(api.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const script = await get('/nowhere');
    assert.match(script.headers.get('content-type') ?? '', /^application\/problem\+json/);
  });

  it('leads from the type of a problem to its page', async () => {
    const refusal = (await (await get('/v1/charges')).json()) as { type: string };
    assert.equal(refusal.type, `${world.config.publicOrigin}/problems/api-key-invalid`);
    for (const code of Object.keys(problems))
      assert.equal((await get(`/problems/${code}`)).status, 200, code);
    const index = await (await get('/problems')).text();
    for (const code of Object.keys(problems)) assert.ok(index.includes(`/problems/${code}`), code);
    for (const code of ['nothing', 'constructor', '__proto__'])
      assert.equal((await get(`/problems/${code}`)).status, 404);
  });
});
