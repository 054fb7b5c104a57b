import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { createApp } from '../../src/app.ts';
import { assertDatabaseAnswers } from '../../src/database/probe.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { startListener, type Listener } from '../../src/http/listener.ts';
import { ScriptedLineCheck } from '../support/checkout-site.ts';
import { openWire, type Wire } from '../support/wire.ts';
import { createWorld, type World } from '../support/world.ts';

describe('whether a process is ready', () => {
  const stopping = new AbortController();
  let world: World;
  let wire: Wire;
  let orm: Awaited<ReturnType<typeof openOrm>>;
  let service: Listener;
  before(async () => {
    world = await createWorld();
    wire = await openWire(world.database.url);
    orm = await openOrm({ databaseUrl: wire.url, poolSize: 1 });
    const deps = { ...world.deps, orm, lineCheck: new ScriptedLineCheck() };
    const app = createApp(deps, { stopping: stopping.signal });
    const server = createServer(app.callback() as RequestListener);
    service = await startListener(server, { host: '127.0.0.1', port: 0 });
  });
  after(async () => {
    await service.close();
    wire.cut();
    await orm.close();
    await world.close();
  });

  const ask = async (path: string) => {
    const reply = await fetch(`${service.address}${path}`);
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };

  it('is yes while the database answers, also when every connection of the pool is in use', async () => {
    assert.deepEqual(await ask('/health/ready'), { status: 200, body: { status: 'ready' } });
    const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const busy = inTransaction({ orm }, async () => {
      begun.resolve();
      await done.promise;
    });
    await begun.promise;
    assert.equal((await ask('/health/ready')).status, 200);
    done.resolve();
    await busy;
  });

  it('is answered in time while the database hangs', async () => {
    wire.hang();
    await assert.rejects(assertDatabaseAnswers(orm, 50), /not answered within 50 ms/);
    wire.mend();
    assert.equal((await ask('/health/ready')).status, 200);
    wire.hang();
    const { status, body } = await ask('/health/ready');
    assert.deepEqual([status, body['detail']], [503, 'The database does not answer.']);
    assert.equal((await ask('/health/live')).status, 200);
  });

  it('is no once the process is to stop, although its database answers', async () => {
    stopping.abort();
    assert.deepEqual(await ask('/health/ready'), { status: 503, body: { status: 'stopping' } });
    assert.equal((await ask('/health/live')).status, 200);
  });
});
