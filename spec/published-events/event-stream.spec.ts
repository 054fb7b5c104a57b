import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import type { Deps } from '../../src/deps.ts';
import { EVENT_STREAMS, EventStreams } from '../../src/published-events/event-streams.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { job, keyOf, staff } from '../support/actors.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient, serveApp, type TestServer } from '../support/http-client.ts';
import { MovablePace } from '../support/movable-pace.ts';

interface Opened {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The next thing that is sent; undefined at the end. */
  next(): Promise<string | undefined>;
  close(): Promise<void>;
}

const idsIn = (text = '') => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

describe('GET /v1/events/stream', () => {
  let world: ApiWorld;
  let deps: Deps;
  let pace: MovablePace;
  let stopping: AbortController;
  let server: TestServer;
  let opened: Opened[] = [];
  before(async () => {
    world = await createApiWorld();
    deps = world.deps;
  });
  after(() => world.close());
  beforeEach(async () => {
    pace = new MovablePace();
    stopping = new AbortController();
    server = await serveApp(deps, undefined, { pace, stopping: stopping.signal });
  });
  afterEach(async () => {
    stopping.abort();
    for (const stream of opened) await stream.close();
    opened = [];
    await server.close();
  });

  const use = async (client = world.api, consent = world.consent) => {
    const item = { consent, amount: 10, tax_code: 'standard', description: 'x' };
    assert.equal((await client.post('/v1/usage-charges', item)).status, 201);
    await publishEvents(deps, job('publish-events'));
  };

  async function open(
    query = '',
    { token = world.token, ...headers }: Record<string, string> = {},
  ): Promise<Opened> {
    const response = await fetch(`${server.origin}/v1/events/stream${query}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    const { status } = response;
    if (status !== 200)
      return {
        status,
        headers: response.headers,
        text: await response.text(),
        next: async () => undefined,
        close: async () => {},
      };
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const stream = {
      status,
      headers: response.headers,
      text: '',
      next: async () => (await reader.read()).value,
      close: () => reader.cancel().catch(() => undefined),
    };
    opened.push(stream);
    assert.equal(await stream.next(), 'retry: 2000\n\n');
    return stream;
  }

  /** Lets the streams look once more. */
  const look = async (ms = EVENT_STREAMS.everyMs) => {
    while (pace.waiting === 0) await nextTurn();
    await pace.advance(ms);
  };

  it('resumes behind the event that a client has, without a gap, and sends what happens after it', async () => {
    for (let count = 0; count < 3; count++) await use();
    const one = await open('?after=1');
    assert.equal(one.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(one.headers.get('cache-control'), 'no-store');
    await look();
    const text = await one.next();
    assert.deepEqual(idsIn(text), [2, 3]);
    const [data = ''] = /(?<=^data: ).*$/m.exec(text!) ?? [];
    const sent = JSON.parse(data) as { id: string; sequence: number };
    assert.equal(sent.sequence, 2);
    assert.deepEqual(sent, (await world.api.get(`/v1/events/${sent.id}`)).body);
    await use();
    await look();
    assert.deepEqual(idsIn(await one.next()), [4]);
    // A connection that broke off names the last one, whatever its address says.
    const again = await open('?after=1', { 'last-event-id': '3' });
    await look();
    assert.deepEqual(idsIn(await again.next()), [4]);
  });

  it('begins with now where no position is asked for', async () => {
    await use();
    const stream = await open();
    await look();
    const [start] = idsIn(await stream.next());
    await use();
    await look();
    assert.deepEqual(idsIn(await stream.next()), [start! + 1]);
  });

  it('sends a company its own events alone, of the types that its key may read', async () => {
    const { token } = await makeApiKey(deps, { companyId: world.sale.company.id, scopes: 'events:read' });
    const limited = await open('?after=0', { token });
    const sale = await makeSale(deps);
    const other = await makeApiKey(deps, { companyId: sale.company.id });
    const elsewhere = await open('?after=0', { token: other.token });
    await use();
    await look();
    await look(EVENT_STREAMS.heartbeatMs);
    assert.equal(await limited.next(), ': \n\n');
    assert.equal(await elsewhere.next(), ': \n\n');
    const none = await makeApiKey(deps, { companyId: sale.company.id, scopes: 'charges:read' });
    assert.equal((await open('', { token: none.token })).status, 403);
    assert.equal((await open('', { token: 'tbn_x' })).status, 401);
    for (const wrong of ['?after=-1', '?after=x', '?limit=1', '?after=1&after=2'])
      assert.equal((await open(wrong)).status, 400, wrong);
    assert.equal((await open('', { 'last-event-id': 'x' })).status, 400);
  });

  it('ends when its key is revoked', async () => {
    const { token, id } = await makeApiKey(deps, { companyId: world.sale.company.id });
    const stream = await open('?after=0', { token });
    await look();
    assert.ok(idsIn(await stream.next()).length > 0);
    await revokeApiKey(deps, staff(), { id });
    await use();
    await look();
    assert.equal(await stream.next(), undefined);
    assert.equal((await open('', { token })).status, 401);
  });

  it('is open a few times for one company, and frees its place', async () => {
    const streams = [];
    for (let count = 0; count < EVENT_STREAMS.maxStreamsOfCompany; count++)
      streams.push(await open('?after=0'));
    const refused = await open();
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '10']);
    assert.match(refused.text, /rate-limit-exceeded/);
    const sale = await makeSale(deps);
    const { token } = await makeApiKey(deps, { companyId: sale.company.id });
    assert.equal((await open('', { token })).status, 200);
    await streams[0]!.close();
    let status = 429;
    // The server learns of it a moment later.
    while (status === 429) ({ status } = await open());
    assert.equal(status, 200);
  });

  it('ends when the process stops, which takes no other', async () => {
    const stream = await open('?after=0');
    stopping.abort();
    assert.equal(await stream.next(), undefined);
    assert.equal((await open()).status, 503);
  });

  it('sends a long past page by page, and ends a client after its time', async () => {
    const sale = await makeSale(deps);
    const companyId = sale.company.id;
    const { id } = await makeApiKey(deps, { companyId });
    const { token } = await makeApiKey(deps, { companyId });
    const client = apiClient(world.origin, token);
    for (let count = 0; count < 5; count++) await use(client, publicId('consent', sale.consent.id));
    const terms = { ...EVENT_STREAMS, pageSize: 2 };
    const streams = new EventStreams(deps, pace, terms);
    const stream = new PassThrough();
    const text: string[] = [];
    stream.on('data', (chunk) => void text.push(String(chunk)));
    streams.join({ actor: { ...keyOf(companyId), keyId: id }, after: 0n, stream });
    while (idsIn(text.join('')).length < 5) await look(0);
    assert.deepEqual(idsIn(text.join('')), [1, 2, 3, 4, 5]);
    const ended = new Promise((resolve) => stream.once('end', resolve));
    await look(terms.maxAgeMs);
    await ended;
  });
});
