import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Koa, { type Context } from 'koa';
import { uploadedForm, uploadOf } from '../../../src/portal/kit/uploaded-form.ts';
import type { ServiceDeps } from '../../../src/service-deps.ts';
import { Problem } from '../../../src/shared/problem.ts';

const MAX_BYTES = 100_000;

function assertOwn(ctx: Context): void {
  const { body } = ctx.request as { body?: { form_token?: string } };
  if (body?.form_token !== 'ours') throw new Problem('forged-request');
}

describe('a form with a file on its way', () => {
  let filesDir: string;
  let server: Server;
  let url: string;
  before(async () => {
    filesDir = await mkdtemp(join(tmpdir(), 'upload-'));
    const answer = listen();
    server = createServer((request, response) => void answer(request, response)).listen(0);
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(filesDir, { recursive: true });
  });

  function listen() {
    const app = new Koa();
    app.use(async (ctx, next) => {
      try {
        await next();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        [ctx.status, ctx.body] = [error.status, error.code];
      }
    });
    const terms = { field: 'file', label: 'kit.optional', maxBytes: MAX_BYTES } as const;
    const deps = { config: { filesDir } } as unknown as ServiceDeps;
    app.use(uploadedForm(deps, { terms, assertOwn, plain: (_, next) => next() }));
    app.use(async (ctx) => {
      const upload = uploadOf(ctx);
      if (typeof upload !== 'object') ctx.body = upload ?? 'none';
      else ctx.body = `${upload.filename} ${upload.size} ${(await readFile(upload.path)).length}`;
    });
    return app.callback();
  }

  const post = async (bytes: number, token = 'ours', field = 'file') => {
    const body = new FormData();
    body.set('form_token', token);
    body.set(field, new Blob([new Uint8Array(bytes)]), 'mine.csv');
    const reply = await fetch(url, { method: 'POST', body });
    return `${reply.status} ${await reply.text()}`;
  };
  const kept = () => readdir(join(filesDir, 'uploads'));

  it('is kept until the answer, and no longer', async () => {
    assert.equal(await post(70_000), '200 mine.csv 70000 70000');
    assert.deepEqual(await kept(), []);
  });

  it('is read to its end and not kept when it is too large, so that the page can say so', async () => {
    assert.equal(await post(MAX_BYTES), `200 mine.csv ${MAX_BYTES} ${MAX_BYTES}`);
    assert.equal(await post(MAX_BYTES + 1), '200 too-large');
    assert.equal(await post(5_000_000), '200 too-large');
    assert.deepEqual(await kept(), []);
  });

  it('is not kept without the token of our page, nor under another field', async () => {
    assert.equal(await post(70_000, 'theirs'), '403 forged-request');
    assert.equal(await post(70_000, 'ours', 'other'), '200 none');
    assert.deepEqual(await kept(), []);
  });

  it('has fields of a bounded length', async () => {
    assert.equal(await post(10, 'x'.repeat(40_000)), '413 body-too-large');
  });
});
