import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../src/shared/clock.ts';
import { readExposition, valueOf } from '../metrics/read-exposition.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { connectRaw, hangUps } from '../support/raw-connection.ts';
import { findSecrets } from '../support/writings.ts';
import { createWorld, type World } from '../support/world.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';

let world: World;
let service: ServiceProcess;
let token: string;
let output = '';
before(async () => {
  world = await createWorld();
  world.clock.set(systemClock.now());
  const { company } = await makeSale(world.deps);
  ({ token } = await makeApiKey(world.deps, { companyId: company.id }));
  service = await startServiceProcess({
    DATABASE_URL: world.database.url,
    FILES_DIR: world.config.filesDir,
    LOG_LEVEL: 'trace',
    DRAIN_MS: '0',
  });
  service.child.stdout?.on('data', (chunk: string) => (output += chunk));
});
after(async () => {
  service.child.kill('SIGKILL');
  await world.close();
});

async function countRequests(status: string): Promise<number> {
  const metrics = readExposition(await (await fetch(`${service.metricsAddress}/metrics`)).text());
  const { samples } = metrics.get('tabane_http_request_duration_seconds')!;
  const classes = new Set(samples.map(({ labels }) => labels['route']));
  const name = 'tabane_http_request_duration_seconds_count';
  return [...classes].reduce(
    (sum, route) => sum + (valueOf(metrics, name, { method: 'POST', route: route ?? '', status }) ?? 0),
    0,
  );
}

it('twenty clients that hang up on a service process are twenty times 499, and leave no error and no secret', async () => {
  const port = Number(new URL(service.address).port);
  const ways = Object.values(hangUps);
  const framings = ['Content-Length: 5000', 'Transfer-Encoding: chunked'];
  for (let time = 0; time < 20; time += 1) {
    const { socket, received, ended } = await connectRaw(port);
    // It is told to go on as soon as its head was read.
    const told = once(socket, 'data');
    socket.write(
      `POST /v1/usage-charges HTTP/1.1\r\nHost: pay.example\r\nAuthorization: Bearer ${token}\r\n` +
        `Idempotency-Key: ${token}-${time}\r\nContent-Type: application/json\r\n` +
        `Expect: 100-continue\r\n${framings[time % 2]}\r\n\r\n`,
    );
    await told;
    assert.match(received(), /^HTTP\/1\.1 100 Continue/);
    socket.write(time % 2 === 0 ? '{"consent":' : 'ff\r\n{"consent":');
    ways[time % ways.length]!(socket);
    await ended;
  }
  for (let turn = 0; turn < 500 && (await countRequests('499')) < 20; turn += 1) await wait(10);
  assert.deepEqual(
    [await countRequests('499'), await countRequests('4xx'), await countRequests('5xx')],
    [20, 0, 0],
  );
  service.child.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, errors: '' });
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  const logged = lines.map((line) => JSON.parse(line) as { level: number; msg: string; status?: number });
  assert.equal(logged.filter(({ msg, status }) => msg === 'request' && status === 499).length, 20);
  assert.deepEqual(
    logged.filter(({ level }) => level >= 40),
    [],
  );
  assert.deepEqual(findSecrets(output, { token, secret: token.slice(-20) }), []);
});
