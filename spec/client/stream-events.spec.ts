import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { streamEvents } from '../../src/client/stream-events.ts';
import { TabaneError } from '../../src/client/tabane-error.ts';

interface Event {
  readonly sequence: number;
}

type Answer = (response: ServerResponse) => void;

const events =
  (...parts: readonly string[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const part of parts) response.write(part);
    response.end();
  };
const event = (sequence: number) => `id: ${sequence}\ndata: {"sequence":${sequence}}\n\n`;

const refuse: Answer = (response) => {
  response.writeHead(401, { 'content-type': 'application/problem+json' });
  response.end('{"code":"api-key-invalid"}');
};

describe('the stream of the client', () => {
  const requests: IncomingHttpHeaders[] = [];
  let answers: Answer[] = [];
  let origin: string;
  const server = createServer((request, response) => {
    requests.push(request.headers);
    (answers.length > 1 ? answers.shift()! : answers[0]!)(response);
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void (requests.length = 0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('connects again behind the last event, and ends with a refusal that stays', async () => {
    answers = [
      events('retry: 2000\n\n', 'id: 4\n\n', event(5), 'id: 6\nda', 'ta: {"sequence":6}\n\n: \n\n'),
      events(event(7), 'id: 8\ndata: {"seq'),
      events(event(8)),
      refuse,
    ];
    const read: number[] = [];
    await assert.rejects(
      async () => {
        for await (const { sequence } of streamEvents<Event>({ apiKey: 'tbn_x', origin }))
          read.push(sequence);
      },
      (error) => error instanceof TabaneError && error.code === 'api-key-invalid',
    );
    assert.deepEqual(read, [5, 6, 7, 8]);
    assert.deepEqual(
      requests.map((headers) => headers['last-event-id']),
      [undefined, '6', '7', '8'],
    );
    assert.equal(requests[0]!.authorization, 'Bearer tbn_x');
  });

  it('ends when its caller wants no more', async () => {
    answers = [
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(event(2));
      },
    ];
    const abort = new AbortController();
    for await (const { sequence } of streamEvents<Event>(
      { apiKey: 'tbn_x', origin },
      { after: 1, signal: abort.signal },
    )) {
      assert.equal(sequence, 2);
      abort.abort();
    }
    assert.deepEqual(
      requests.map((headers) => headers['last-event-id']),
      ['1'],
    );
  });
});
