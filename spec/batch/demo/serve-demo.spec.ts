import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createCompanies } from '../../../batch/demo/acts/create-companies.ts';
import type { DemoWorld } from '../../../batch/demo/acts/demo-world.ts';
import type { DemoOptions } from '../../../batch/demo/options.ts';
import { planCompanies } from '../../../batch/demo/plan/plan-companies.ts';
import { createRandom } from '../../../batch/demo/random.ts';
import { resultNames } from '../../../batch/demo/results/results-folder.ts';
import { writeJson } from '../../../batch/demo/results/write-json.ts';
import { markFinish } from '../../../batch/demo/world-mark.ts';
import { apiClient } from '../../support/http-client.ts';
import { createWorld, type World } from '../../support/world.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'batch', 'demo', 'start.ts');
const MAX_POLLS = 600;
const PAUSE_MS = 100;

interface Listed<T> {
  readonly items: readonly T[];
}

describe('a demo world that is served', () => {
  let world: World;
  let folder: string;
  let service: ChildProcess;
  let token: string;
  let origin: string;
  let printed = '';
  before(async () => {
    world = await createWorld();
    folder = await mkdtemp(join(tmpdir(), 'tabane-served-'));
    const { deps } = world;
    const demo = { site: { deps, origin: '' }, companies: new Map() } as unknown as DemoWorld;
    await createCompanies(demo, planCompanies(1, createRandom(1, 'companies')));
    ({ token } = demo.companies.get('kotonoha')!);
    const company = {
      name: 'ことのは',
      apiKey: token,
      service: 'kotonoha-books',
      returnUrl: 'https://x.example/',
    };
    await writeJson(join(folder, resultNames.signIns), { subscribers: [], company });
    await markFinish(deps, { month: '2026-05', out: folder } as DemoOptions);
    const port = await findPort();
    origin = `http://localhost:${port}`;
    const { NODE_ENV: _, ...environment } = process.env;
    const { url, ownerUrl } = world.database;
    service = spawn(process.execPath, [script], {
      env: {
        ...environment,
        DATABASE_URL: url,
        MIGRATION_DATABASE_URL: ownerUrl,
        PORT: String(port),
        STAFF_PORT: '0',
        DRAIN_MS: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [service.stdout!, service.stderr!])
      stream.on('data', (part: Buffer) => void (printed += part.toString('utf8')));
  });
  after(async () => {
    if (service.exitCode === null) {
      service.kill('SIGTERM');
      await once(service, 'close');
    }
    await world.close();
    await rm(folder, { recursive: true });
  });

  it('names the example shop, which sells through its checkout and verifies its webhooks', async () => {
    const shop = await until(() => /(http:\/\/localhost:\d+) +an example shop/.exec(printed)?.[1]);
    const list = await (await fetch(shop)).text();
    assert.equal(list.match(/<button name="good"/g)?.length, 3);
    const body = new URLSearchParams({ good: 'tea' });
    const bought = await fetch(`${shop}/buy`, { method: 'POST', body, redirect: 'manual' });
    assert.equal(bought.status, 303);
    assert.ok(bought.headers.get('location')?.startsWith(`${origin}/checkout/`));
    // The world's clock is months away from the shop's: messages have the time of the shop.
    const api = apiClient(origin, token);
    const { items } = (await api.get<Listed<{ id: string }>>('/v1/webhook-endpoints')).body;
    assert.equal(items.length, 1);
    const path = `/v1/webhook-endpoints/${items[0]!.id}`;
    const test = await api.post(`${path}/test`);
    assert.equal(Math.floor(test.status / 100), 2, test.text);
    const state = await until(async () => {
      const reply = await api.get<Listed<{ state: string }>>(`${path}/deliveries`);
      return reply.body.items.find((delivery) => delivery.state !== 'pending')?.state;
    });
    assert.equal(state, 'succeeded');
  });

  /** Asks again until there is something. */
  async function until<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
    for (let polls = 0; polls < MAX_POLLS; polls += 1) {
      const found = await ask();
      if (found !== undefined) return found;
      assert.equal(service.exitCode, null, printed);
      await wait(PAUSE_MS);
    }
    throw new Error(`it does not come: ${printed}`);
  }
});

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
