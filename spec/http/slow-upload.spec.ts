import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import Koa from 'koa';
import { createBoundedServer } from '../../src/http/bounded-server.ts';
import type { UploadBounds } from '../../src/http/slow-upload.ts';
import { uploadedForm, uploadOf } from '../../src/portal/kit/uploaded-form.ts';
import type { ServiceDeps } from '../../src/service-deps.ts';
import { connectRaw } from '../support/raw-connection.ts';

/** Time limit for other requests. */
const ARRIVAL_MS = 200;
const PIECE = 'x'.repeat(1_000);
const PIECE_EVERY_MS = 20;
const PIECES = 40;
const steady: UploadBounds = { windowMs: 200, minBytes: 500, endMs: 60_000 };

describe('a file that arrives slowly', () => {
  let filesDir: string;
  let server: Server | undefined;
  before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'slow-'))));
  afterEach(() => server?.close());
  after(() => rm(filesDir, { recursive: true }));

  async function listen(bounds: UploadBounds): Promise<number> {
    const app = new Koa();
    app.silent = true;
    const deps = { config: { filesDir } } as unknown as ServiceDeps;
    const terms = { field: 'file', label: 'kit.optional', maxBytes: 1_000_000 } as const;
    app.use(uploadedForm(deps, { terms, bounds, assertOwn: () => {}, plain: (_, next) => next() }));
    app.use((ctx) => {
      const upload = uploadOf(ctx);
      ctx.body = typeof upload === 'object' ? `kept ${upload.size}` : 'nothing';
    });
    server = createBoundedServer(ARRIVAL_MS, app.callback());
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  const begin = '--b\r\nContent-Disposition: form-data; name="file"; filename="lines.csv"\r\n\r\n';
  const end = '\r\n--b--\r\n';

  /** Sends a piece every so often until all are sent or the connection ends. */
  async function send(port: number, piece: string) {
    const { socket, received, ended } = await connectRaw(port);
    const startedMs = performance.now();
    const length = begin.length + PIECES * piece.length + end.length;
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n${begin}`,
    );
    let left = PIECES;
    const drip = setInterval(() => {
      if (left > 0) socket.write(piece);
      if (left === 1) socket.write(end);
      left -= 1;
    }, PIECE_EVERY_MS);
    await ended;
    clearInterval(drip);
    return { received: received(), tookMs: performance.now() - startedMs };
  }

  it('is taken as long as it comes steadily, past the time limit of other requests', async () => {
    const { received, tookMs } = await send(await listen(steady), PIECE);
    assert.match(received, /^HTTP\/1\.1 200 OK/);
    assert.match(received, new RegExp(`kept ${PIECES * PIECE.length}`));
    assert.ok(tookMs > 2 * ARRIVAL_MS, String(tookMs));
  });

  it('is refused when its sender only holds the connection', async () => {
    const { received } = await send(await listen({ ...steady, minBytes: 5_000 }), 'x');
    assert.match(received, /^HTTP\/1\.1 408 /);
    assert.doesNotMatch(received, /200 OK/);
  });

  it('is refused at the end of its time, however steadily it comes', async () => {
    const { received } = await send(await listen({ ...steady, endMs: 2 * ARRIVAL_MS }), PIECE);
    assert.match(received, /^HTTP\/1\.1 408 /);
  });

  it('is what the longer time is for: another body on the same server has the usual one', async () => {
    const app = new Koa();
    app.use(async (ctx) => {
      for await (const _ of ctx.req) assert.ok(true);
      ctx.body = 'read';
    });
    app.silent = true;
    server = createBoundedServer(ARRIVAL_MS, app.callback());
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    const { received } = await send((server.address() as AddressInfo).port, PIECE);
    assert.match(received, /^HTTP\/1\.1 408 /);
  });
});
