import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import Koa from 'koa';
import pino from 'pino';
import { openOrm } from '../../config/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { apiRouter } from '../../src/api/router.ts';
import { defineEndpoint, emptySchema, type AnyEndpoint } from '../../src/api/define-endpoint.ts';
import { problemRenderer } from '../../src/http/problem-renderer.ts';
import { requestId } from '../../src/http/request-id.ts';
import { countRows } from '../support/api-world.ts';
import { makeApiKey, makeCompany, makeService } from '../support/factories.ts';
import { apiClient, serveApp } from '../support/http-client.ts';
import { openWire } from '../support/wire.ts';
import { createWorld, type World } from '../support/world.ts';

const response = {
  type: 'object',
  properties: { fine: { type: 'boolean' } },
  required: ['fine'],
  additionalProperties: false,
} as const;

/** Renames every service, then returns the given response. */
const rename = (body: () => unknown): AnyEndpoint =>
  defineEndpoint({
    name: 'rename',
    method: 'post',
    path: '/v1/rename',
    permission: 'charges:write',
    summary: 'For tests',
    description: 'Renames every service.',
    body: emptySchema,
    status: 200,
    response,
    problems: [],
    handle: async (deps) => {
      await sqlOf(deps.em ?? deps.orm.em.fork())
        .updateTable('service')
        .set({ name: '改名' })
        .execute();
      return body() as { fine: boolean };
    },
  });

describe('the routes of an operation', () => {
  let world: World;
  let token: string;
  before(async () => {
    world = await createWorld();
    const company = await makeCompany(world.deps);
    await makeService(world.deps, { companyId: company.id, name: '元の名前' });
    ({ token } = await makeApiKey(world.deps, { companyId: company.id }));
  });
  after(() => world.close());

  const post = async (deps: Deps, endpoint: AnyEndpoint) => {
    const app = new Koa();
    app
      .use(requestId(false))
      .use(problemRenderer(deps))
      .use(apiRouter(deps, [endpoint]).routes());
    const server = createServer(app.callback() as RequestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await apiClient(`http://127.0.0.1:${port}`, token).post(endpoint.path, undefined, {
        key: 'one',
      });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };
  const nameOfService = async () => {
    const sql = sqlOf(world.deps.orm.em.fork());
    return (await sql.selectFrom('service').select('name').executeTakeFirstOrThrow()).name;
  };

  it('undo everything and remember nothing when the response is not the declared one', async () => {
    const { status, body, text } = await post(
      world.deps,
      rename(() => ({ fine: 'yes', secret: 1 })),
    );
    assert.deepEqual([status, body['code']], [500, 'internal-error']);
    assert.ok(!text.includes('secret'));
    assert.equal(await nameOfService(), '元の名前');
    assert.equal(await countRows(world.deps, 'idempotency_key'), 0);
  });

  it('undo everything and remember nothing when a bug strikes, and log it with the name of the request', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const reply = await post(
      { ...world.deps, log },
      rename(() => JSON.parse('{') as unknown),
    );
    assert.deepEqual([reply.status, reply.body['detail']], [500, undefined]);
    assert.equal(await nameOfService(), '元の名前');
    assert.equal(await countRows(world.deps, 'idempotency_key'), 0);
    const logged = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    assert.equal(logged['requestId'], reply.headers.get('x-request-id'));
    assert.equal(logged['route'], '/v1/rename');
  });

  it('send an undeclared answer in production, where it is logged', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const config = { ...world.config, mode: 'production' } as const;
    const { status } = await post(
      { ...world.deps, config, log },
      rename(() => ({ fine: true, more: 1 })),
    );
    assert.equal(status, 200);
    assert.match(lines.join(''), /answer-against-schema/);
  });

  it('answer 503 and when to come again while the database is away', async () => {
    const wire = await openWire(world.database.url);
    const orm = await openOrm({ databaseUrl: wire.url });
    const server = await serveApp({ ...world.deps, orm });
    try {
      const api = apiClient(server.origin, token);
      assert.equal((await api.get('/health/ready')).status, 200);
      wire.cut();
      const reply = await api.get('/v1/charges');
      assert.deepEqual([reply.status, reply.body['code']], [503, 'service-unavailable']);
      assert.equal(reply.headers.get('retry-after'), '1');
      assert.equal((await api.get('/health/ready')).status, 503);
      assert.equal((await api.get('/health/live')).status, 200);
    } finally {
      await server.close();
      await orm.close();
    }
  });
});
