import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import Koa, { type Middleware } from 'koa';
import { accessLog } from '../../src/http/access-log.ts';
import { createBoundedServer } from '../../src/http/bounded-server.ts';
import { problemRenderer } from '../../src/http/problem-renderer.ts';
import { requestId } from '../../src/http/request-id.ts';
import { valueOf } from '../metrics/read-exposition.ts';
import { countRows } from '../support/api-world.ts';
import { openLoggedSite, recordLog, type LoggedSite } from '../support/logged-site.ts';
import { connectRaw, hangUps } from '../support/raw-connection.ts';

const ERROR = 50;

function assertNoFault(site: Pick<LoggedSite, 'lines' | 'text'>): void {
  assert.ok(
    site.lines().every(({ level }) => level < ERROR),
    site.text(),
  );
}

/** An application of one answer, with the log and the renderer of the real one. */
async function serve(answer: Middleware) {
  const { log, ...written } = recordLog();
  const app = new Koa();
  app.silent = true;
  const config = { publicOrigin: 'http://pay.example' } as never;
  app.use(requestId(false)).use(accessLog(log)).use(problemRenderer({ config, log })).use(answer);
  const server = createServer(app.callback() as RequestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { socket } = await connectRaw(port);
  socket.write('GET /health/live HTTP/1.1\r\nHost: pay.example\r\n\r\n');
  const close = () => new Promise((resolve) => server.close(resolve));
  return { ...written, socket, close };
}

describe('a client that hangs up', () => {
  let site: LoggedSite;
  before(async () => {
    site = await openLoggedSite();
  });
  after(() => site.close());
  afterEach(() => site.forget());

  const post = (path: string, key: string, more: string, body = '') =>
    `POST ${path} HTTP/1.1\r\nHost: pay.example\r\nAuthorization: Bearer ${site.token}\r\n` +
    `Idempotency-Key: ${key}\r\nContent-Type: application/json\r\n${more}\r\n\r\n${body}`;
  const use = () =>
    JSON.stringify({ consent: site.consent, amount: 1, tax_code: 'standard', description: 'song' });
  const charge = () =>
    JSON.stringify({
      service: site.service,
      amount: 500,
      tax_code: 'standard',
      description: 'film',
      return_url: 'https://shop.example/',
      capture: 'automatic',
    });

  const unfinished: Readonly<Record<string, readonly [headers: string, body?: string]>> = {
    'in the middle of a body': ['Content-Length: 900', '{"service":'],
    'in the middle of a chunk': ['Transfer-Encoding: chunked', 'ff\r\n{"service":'],
    'between two chunks': ['Transfer-Encoding: chunked', '2\r\n{"\r\n'],
    'in the middle of a packed body': ['Content-Encoding: gzip\r\nContent-Length: 900', '\u001f'],
    'before the body': ['Content-Length: 900'],
    'after it was told to go on': ['Expect: 100-continue\r\nContent-Length: 900'],
  };
  for (const [when, [headers, body]] of Object.entries(unfinished)) {
    for (const [how, hangUp] of Object.entries(hangUps)) {
      it(`${when} and ${how} is 499, and no fault`, async () => {
        const asked = once(site.server, 'request');
        const { socket } = await connectRaw(site.port);
        socket.write(post('/v1/charges', 'unfinished', headers, body));
        await asked;
        hangUp(socket);
        const [request] = await site.requests(1);
        assert.equal(request?.status, 499, site.text());
        assert.ok(request.hungUpBy);
        assertNoFault(site);
      });
    }
  }

  it('while it is found out who asks is 499, for every kind of body', async () => {
    for (const path of ['/v1/charges', '/v1/usage-charges', '/v1/usage-charges/batch']) {
      site.forget();
      const { socket } = await connectRaw(site.port);
      // In the very moment in which the request is seen: its key is still being looked up.
      site.server.once('request', () => void socket.resetAndDestroy());
      socket.write(post(path, 'early', 'Content-Length: 900'));
      assert.equal((await site.requests(1))[0]?.status, 499);
      assertNoFault(site);
    }
  });

  it('twenty times of twenty counts twenty times in a class of its own, and nothing in 5xx', async () => {
    const count = async (status: string) =>
      valueOf(await site.metrics(), 'tabane_http_request_duration_seconds_count', {
        method: 'POST',
        route: '/v1/usage-charges',
        status,
      }) ?? 0;
    const before = await count('499');
    for (let time = 1; time <= 20; time += 1) {
      const asked = once(site.server, 'request');
      const { socket } = await connectRaw(site.port);
      socket.write(post('/v1/usage-charges', `k${time}`, 'Content-Length: 900', '{"consent":'));
      await asked;
      socket.destroy();
    }
    const requests = await site.requests(20);
    assert.deepEqual(
      requests.map(({ status }) => status),
      Array<number>(20).fill(499),
    );
    assert.deepEqual([(await count('499')) - before, await count('5xx'), await count('4xx')], [20, 0, 0]);
    assertNoFault(site);
  });

  it('on a connection that it has used before is 499 once', async () => {
    const { socket, received } = await connectRaw(site.port);
    const answered = once(socket, 'data');
    socket.write('GET /health/live HTTP/1.1\r\nHost: pay.example\r\n\r\n');
    await Promise.all([answered, site.requests(1)]);
    const asked = once(site.server, 'request');
    socket.write(post('/v1/charges', 'second', 'Content-Length: 900'));
    await asked;
    socket.destroy();
    const requests = await site.requests(2);
    assert.deepEqual(
      requests.map(({ status }) => status),
      [200, 499],
    );
    assert.match(received(), /^HTTP\/1\.1 200 OK/);
  });

  it('and spoils the framing of its body first is 499, and the log has no byte of it', async () => {
    const { socket, ended } = await connectRaw(site.port);
    socket.write(post('/v1/charges', 'spoilt', 'Transfer-Encoding: chunked', 'zz\r\n{"a":1}\r\n'));
    await ended;
    const [request] = await site.requests(1);
    assert.deepEqual([request?.status, request?.hungUpBy], [499, 'HPE_INVALID_CHUNK_SIZE']);
    assertNoFault(site);
    assert.ok(!site.text().includes('rawPacket'));
  });

  it('on a page in the middle of a form is 499', async () => {
    const { body } = await site.api.post<{ confirm_url: string }>('/v1/charges', JSON.parse(charge()));
    const { pathname } = new URL(body.confirm_url);
    site.forget();
    for (const hangUp of Object.values(hangUps)) {
      const asked = once(site.server, 'request');
      const { socket } = await connectRaw(site.port);
      socket.write(
        `POST ${pathname}/sign-in HTTP/1.1\r\nHost: pay.example\r\nContent-Length: 99\r\n` +
          'Content-Type: application/x-www-form-urlencoded\r\n\r\nissued_id=F3',
      );
      await asked;
      hangUp(socket);
    }
    const requests = await site.requests(3);
    assert.deepEqual(
      requests.map(({ status }) => status),
      [499, 499, 499],
    );
    assertNoFault(site);
    const signIns = (await site.metrics()).get('tabane_sign_ins_total')!.samples;
    assert.ok(signIns.every(({ value }) => value === 0));
  });

  for (const [kind, path, body] of [
    ['of many together', '/v1/usage-charges', use],
    ['of its own', '/v1/charges', charge],
  ] as const) {
    it(`does not undo a write ${kind}: sent again, the request has happened once`, async () => {
      const before = await countRows(site.world.deps, 'charge');
      for (const [index, hangUp] of Object.values(hangUps).slice(1).entries()) {
        site.forget();
        const key = `${path}-${index}`;
        const { socket } = await connectRaw(site.port);
        const asked = once(site.server, 'request');
        socket.write(post(path, key, `Content-Length: ${body().length}`, body()));
        await asked;
        hangUp(socket);
        const [request] = await site.requests(1);
        assert.ok(request?.status === 499 || request?.status === 201, site.text());
        const again = await site.api.post(path, body(), { key });
        assert.equal(again.status, 201, again.text);
        assert.equal(await countRows(site.world.deps, 'charge'), before + index + 1);
        assertNoFault(site);
      }
    });
  }

  it('leaves a request that came whole and was answered as it is', async () => {
    assert.equal((await site.api.post('/v1/usage-charges', use())).status, 201);
    const [request] = await site.requests(1);
    assert.deepEqual([request?.status, request?.hungUpBy], [201, undefined]);
  });
});

describe('a slow sender', () => {
  const ARRIVAL_MS = 300;
  let site: LoggedSite;
  before(async () => {
    site = await openLoggedSite({ listen: (answer) => createBoundedServer(ARRIVAL_MS, answer) });
  });
  after(() => site.close());

  const slowly = async (begin: string) => {
    const { socket, received, ended } = await connectRaw(site.port);
    const startedMs = performance.now();
    socket.write(begin);
    const drip = setInterval(() => socket.write('x'), 20);
    await ended;
    clearInterval(drip);
    return { livedMs: performance.now() - startedMs, received: received() };
  };

  it('of a body is let go in the time that is said, with 499 in the log', async () => {
    const { livedMs, received } = await slowly(
      `POST /v1/charges HTTP/1.1\r\nHost: pay.example\r\nAuthorization: Bearer ${site.token}\r\n` +
        'Idempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n',
    );
    assert.ok(livedMs >= ARRIVAL_MS - 20 && livedMs < 10 * ARRIVAL_MS, String(livedMs));
    assert.match(received, /^HTTP\/1\.1 408 /);
    const [request] = await site.requests(1);
    assert.deepEqual([request?.status, request?.hungUpBy], [499, 'ERR_HTTP_REQUEST_TIMEOUT']);
    assertNoFault(site);
    const duration = valueOf(await site.metrics(), 'tabane_http_request_duration_seconds_sum', {
      method: 'POST',
      route: '/v1/charges',
      status: '499',
    });
    assert.ok(duration! < ARRIVAL_MS / 1_000, 'the time of its sender is not that of the service');
  });

  it('of a head is let go in the same time, and is no request', async () => {
    site.forget();
    const { livedMs } = await slowly('POST /v1/charges HTTP/1.1\r\nHost: pay.example\r\nX-Slow: ');
    assert.ok(livedMs < 10 * ARRIVAL_MS, String(livedMs));
    assert.deepEqual(site.lines(), []);
  });

  it('is looked for every second where the service runs, so that 30 seconds are not 60', () => {
    const server = createBoundedServer(30_000, () => undefined);
    const { requestTimeout, headersTimeout, connectionsCheckingInterval } = server as typeof server & {
      connectionsCheckingInterval: number;
    };
    assert.deepEqual([requestTimeout, headersTimeout, connectionsCheckingInterval], [30_000, 30_000, 1_000]);
    server.close();
  });
});

describe('a client that does not wait for the end', () => {
  it('of an answer that is being written is 499', async () => {
    const { socket, requests, close } = await serve((ctx) => {
      ctx.body = 'x'.repeat(64 * 1_024 * 1_024);
    });
    await once(socket, 'data');
    socket.destroy();
    assert.equal((await requests(1))[0]?.status, 499);
    await close();
  });

  it('of an answer that is being found is 499', async () => {
    const reached = Promise.withResolvers<void>();
    const { socket, requests, close } = await serve(async (ctx) => {
      reached.resolve();
      await once(ctx.res, 'close');
      ctx.body = 'found';
    });
    await reached.promise;
    socket.destroy();
    assert.equal((await requests(1))[0]?.status, 499);
    await close();
  });

  it('hides no fault of ours: it stays 500, with its error', async () => {
    const reached = Promise.withResolvers<void>();
    const { socket, requests, lines, close } = await serve(async (ctx) => {
      reached.resolve();
      await once(ctx.res, 'close');
      await wait(1);
      throw new Error('a statement that took too long');
    });
    await reached.promise;
    socket.destroy();
    assert.equal((await requests(1))[0]?.status, 500);
    assert.equal(lines().find(({ level }) => level >= ERROR)?.err?.message, 'a statement that took too long');
    await close();
  });
});
