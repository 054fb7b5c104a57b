import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createClient } from '../../src/client/create-client.ts';
import type { Client } from '../../src/client/client.types.ts';
import { TabaneConnectionError, TabaneError } from '../../src/client/tabane-error.ts';

interface Operations {
  write: { path: readonly []; input: { a?: number }; output: { id: string } };
  read: { path: readonly [id: string]; input: undefined; output: { id: string } };
  list: {
    path: readonly [];
    input: { limit?: number };
    output: { items: { id: string }[]; next: string | null };
  };
  remove: { path: readonly [id: string]; input: undefined; output: undefined };
  change: { path: readonly [id: string]; input: { a?: number }; output: { id: string } };
}

const routes = {
  write: { method: 'POST', path: '/things', hasInput: true, isIdempotent: true, isFile: false },
  read: { method: 'GET', path: '/things/{id}', hasInput: false, isIdempotent: false, isFile: false },
  list: { method: 'GET', path: '/things', hasInput: true, isIdempotent: false, isFile: false },
  remove: { method: 'DELETE', path: '/things/{id}', hasInput: false, isIdempotent: false, isFile: false },
  change: { method: 'PATCH', path: '/things/{id}', hasInput: true, isIdempotent: false, isFile: false },
} as const;

/** How the server answers, request by request; the last one also those that follow. */
type Answer = (response: ServerResponse) => void;

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  };
const now = { 'retry-after': '0' };
const busy = answer(503, { code: 'service-unavailable' }, now);

const lost: Answer = (response) => response.destroy();
const torn: Answer = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"id":');
  response.destroy();
};

describe('a call of the client', () => {
  const requests: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  let answers: Answer[] = [];
  let client: Client<Operations>;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => void (body += String(part)));
    request.on('end', () => {
      requests.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      (answers.length > 1 ? answers.shift()! : answers[0]!)(response);
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = createClient<Operations>(routes, {
      apiKey: 'tbn_x',
      origin: `http://127.0.0.1:${port}`,
      timeoutMs: 2_000,
    });
  });
  beforeEach(() => void (requests.length = 0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is sent again under the same key until there is an answer that stays', async () => {
    answers = [busy, lost, answer(409, { code: 'idempotency-key-in-use' }, now), answer(201, { id: 'a' })];
    assert.deepEqual(await client.write({ a: 1 }), { id: 'a' });
    assert.equal(requests.length, 4);
    assert.equal(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size, 1);
    assert.deepEqual(new Set(requests.map(({ body }) => body)), new Set(['{"a":1}']));
    assert.equal(requests[0]!.headers.authorization, 'Bearer tbn_x');
  });

  it('has a key of its own each time, or the one given', async () => {
    answers = [answer(201, { id: 'a' })];
    await client.write();
    await client.write();
    await client.write({}, { idempotencyKey: 'order-1' });
    await client.write({}, { idempotencyKey: String.raw`a"b\c` });
    const keys = requests.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 4);
    assert.deepEqual(keys.slice(2), ['"order-1"', String.raw`"a\"b\\c"`]);
  });

  it('ends with the refusal after the last try, and at once for one that stays', async () => {
    answers = [busy];
    await assert.rejects(client.write(), (error) => error instanceof TabaneError && error.status === 503);
    assert.equal(requests.length, 4);
    answers = [answer(422, { code: 'limit-exceeded', request_id: 'r', detail: 'too much' })];
    await assert.rejects(
      client.write(),
      (error) => error instanceof TabaneError && error.code === 'limit-exceeded' && error.requestId === 'r',
    );
    assert.equal(requests.length, 5);
  });

  it('does not wait for hours because a server says so', async () => {
    answers = [answer(429, { code: 'rate-limit-exceeded' }, { 'retry-after': '3600' })];
    await assert.rejects(client.read('a'), (error) => error instanceof TabaneError && error.status === 429);
    assert.equal(requests.length, 1);
  });

  it('is not repeated where it may have taken effect and has no key', async () => {
    answers = [busy];
    await assert.rejects(client.change('a', { a: 1 }), TabaneError);
    assert.equal(requests.length, 1);
  });

  it('says that there was no answer where one broke off or never came', async () => {
    answers = [torn];
    await assert.rejects(client.change('a'), TabaneConnectionError);
    const hanging = createClient<Operations>(routes, {
      apiKey: '',
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeoutMs: 50,
      retries: 0,
    });
    answers = [() => {}];
    await assert.rejects(hanging.read('a'), TabaneConnectionError);
  });

  it('ends when its caller gives up, also in a pause', async () => {
    const abort = new AbortController();
    answers = [
      (response) => {
        answer(503, { code: 'service-unavailable' }, { 'retry-after': '50' })(response);
        setImmediate(() => abort.abort(new Error('enough')));
      },
    ];
    await assert.rejects(client.read('a', { signal: abort.signal }), /enough/);
  });

  it('reads all pages of a list, with its filters, as they are asked for', async () => {
    answers = [
      answer(200, { items: [{ id: 'a' }, { id: 'b' }], next: 'b' }),
      answer(200, { items: [{ id: 'c' }], next: null }),
    ];
    const ids: string[] = [];
    for await (const { id } of client.all.list({ limit: 2 })) ids.push(id);
    assert.deepEqual(ids, ['a', 'b', 'c']);
    assert.deepEqual(
      requests.map(({ url }) => url),
      ['/things?limit=2', '/things?limit=2&after=b'],
    );
  });

  it('never asks for another resource than the one meant', async () => {
    answers = [answer(204, undefined)];
    assert.equal(await client.remove('a/../b?c'), undefined);
    assert.equal(requests[0]!.url, '/things/a%2F..%2Fb%3Fc');
    await assert.rejects(client.read(undefined as never), TypeError);
    await assert.rejects(client.read(''), TypeError);
    assert.equal(requests.length, 1);
  });

  it('names an answer of something in between', async () => {
    answers = [
      (response) => {
        response.writeHead(400, { 'content-type': 'text/html' });
        response.end('<h1>proxy</h1>');
      },
    ];
    await assert.rejects(
      client.read('a'),
      (error) => error instanceof TabaneError && error.code === 'unexpected-response',
    );
  });
});
