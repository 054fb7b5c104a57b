import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { startListener } from '../../src/http/listener.ts';

const anywhere = { host: '127.0.0.1', port: 0 };

it('answers what it has accepted, then ends without waiting for a connection that is kept alive', async () => {
  const server = createServer({ keepAliveTimeout: 60_000 });
  const listener = await startListener(server, anywhere);
  const agent = new Agent({ keepAlive: true });
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const request = get(listener.address, { agent });
  const replied = once(request, 'response') as Promise<[IncomingMessage]>;
  const [, response] = await asked;
  const closed = listener.close();
  const other = get(listener.address, { agent: false });
  const [refusal] = (await once(other, 'error')) as [NodeJS.ErrnoException];
  assert.equal(refusal.code, 'ECONNREFUSED');
  response.end('bought');
  const [reply] = await replied;
  assert.equal(await text(reply), 'bought');
  await closed;
  agent.destroy();
});

it('lets clients go with their next answer once told so, and still lets others in', async () => {
  const listener = await startListener(
    createServer((_request, response) => void response.end('bought')),
    anywhere,
  );
  const connection = async () => (await fetch(listener.address)).headers.get('connection');
  assert.equal(await connection(), 'keep-alive');
  listener.startDraining();
  for (let time = 1; time <= 2; time += 1) assert.equal(await connection(), 'close');
  await listener.close();
});

it('says where it listens, and throws where something else does', async () => {
  const listener = await startListener(createServer(), anywhere);
  const { port } = new URL(listener.address);
  await assert.rejects(
    startListener(createServer(), { host: '127.0.0.1', port: Number(port) }),
    /EADDRINUSE/,
  );
  await listener.close();
});
