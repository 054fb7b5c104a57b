import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import Koa from 'koa';
import pino from 'pino';
import { parseConfig } from '../../config/config.ts';
import { problemRenderer } from '../../src/http/problem-renderer.ts';
import { requestId } from '../../src/http/request-id.ts';
import { browserProblemPage } from '../../src/portal/kit/problem-page.ts';
import { assertSoundPage } from '../support/html-check.ts';

describe('the page of a failure', () => {
  let server: Server;
  before(async () => {
    const config = parseConfig({});
    const app = new Koa();
    app.use(requestId(false));
    app.use(
      problemRenderer({ config, log: pino({ enabled: false }) }, { problemPage: browserProblemPage(config) }),
    );
    app.use(() => {
      throw new Error('secret detail');
    });
    server = createServer(app.callback() as RequestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());
  const get = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`, { headers });

  it('says so in the language of the browser, with the number to quote and the way to the start page', async () => {
    for (const [language, title] of [
      ['ja', '問題が発生しました'],
      ['en', 'Something went wrong'],
    ] as const) {
      const reply = await get({ accept: 'text/html', 'accept-language': language });
      const text = await reply.text();
      assert.equal(reply.status, 500);
      assertSoundPage(text, language);
      assert.ok(text.includes(`<h1>${title}</h1>`));
      assert.ok(text.includes(reply.headers.get('x-request-id') ?? 'none'));
      assert.match(text, /href="\/"/);
      assert.doesNotMatch(text, /secret detail/);
      assert.equal(reply.headers.get('cache-control'), 'no-store');
    }
  });

  it('is a problem document for a program', async () => {
    const reply = await get({ accept: 'application/json' });
    assert.equal(reply.headers.get('content-type'), 'application/problem+json');
    assert.equal(((await reply.json()) as { code: string }).code, 'internal-error');
  });
});
