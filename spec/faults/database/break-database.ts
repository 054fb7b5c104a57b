import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { parseConfig } from '../../../config/config.ts';
import { openOrm } from '../../../config/database/orm.ts';
import type { Deps } from '../../../src/deps.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { DocumentThreads } from '../../../src/rendering/document-threads.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { auditCharges } from '../service/audit.ts';
import { Load } from '../service/load.ts';
import { ServiceProcess } from '../service/service-process.ts';
import { makeShop } from '../service/shop.ts';
import { PrivateServer } from './private-server.ts';

export interface BreakDatabase {
  /** Repetitions of each fault. */
  readonly times: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

interface Scene {
  readonly server: PrivateServer;
  readonly service: ServiceProcess;
  readonly load: Load;
  readonly random: Random;
  readonly say: (line: string) => void;
}

/** Everything that may happen to a database; each ends with a healthy database. */
export const databaseFaults: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'killed and restarted': async ({ server, service, random }) => {
    server.kill();
    await assertNotReady(service);
    await pause(random.below(500));
    await server.restart();
  },
  'its connections cut': async ({ server, load }) => {
    for (let time = 0; time < 5; time += 1) {
      await cutSome(server);
      await load.acknowledgedMore(5);
    }
  },
  'read-only': async ({ server, load }) => {
    await server.setReadOnly(true);
    await putOffMore(load, 20);
    await server.setReadOnly(false);
  },
  hanging: async ({ server }) => {
    process.kill(server.pid, 'SIGSTOP');
    await pause(500);
    process.kill(server.pid, 'SIGCONT');
  },
  'its disk full': async ({ server, load, say }) => {
    const { disk } = server;
    if (!disk) return say('no disk was filled: only root may mount a small one');
    disk.fill();
    await putOffMore(load, 20);
    disk.free();
    // MariaDB may exit when the disk is full; its supervisor starts it again.
    await server.restart();
  },
};

/**
 * Lets a database fail in every way under load. Asserts that the service answers as documented during the fault (503 as a
 * problem, with the seconds to wait), recovers by itself, and has lost and doubled nothing.
 */
export async function breakDatabase({ times, seed, say = () => {} }: BreakDatabase) {
  const random = createRandom(seed, 'break database');
  const server = await PrivateServer.start();
  const deps = await openDeps(server.url);
  const shop = await makeShop(deps, { lines: 20, authorized: 50 * times });
  const service = await ServiceProcess.start({ DATABASE_URL: server.url });
  const load = new Load([service.origin], shop, random);
  try {
    load.start();
    for (let time = 0; time < times; time += 1) {
      for (const [name, happen] of Object.entries(databaseFaults)) {
        await load.acknowledgedMore(30);
        await happen({ server, service, load, random, say });
        const startedMs = performance.now();
        await load.acknowledgedMore(50);
        say(`${name}: continues, 50 orders later after ${Math.round(performance.now() - startedMs)} ms`);
        assert.deepEqual(load.faults, [], name);
      }
    }
    await load.stop();
    const audit = await auditCharges(deps, load.acknowledged);
    return { times, orders: load.acknowledged.length, ...audit, ...load.counts };
  } finally {
    await load.abandon();
    await service.stop();
    await deps.orm.close();
    await server.stop();
  }
}

async function openDeps(databaseUrl: string): Promise<Deps> {
  return {
    orm: await openOrm({ databaseUrl }),
    config: parseConfig({ DATABASE_URL: databaseUrl, LINE_MONTHLY_LIMIT: '1000000000' }),
    clock: systemClock,
    ids: createIds(systemClock),
    log: pino({ enabled: false }),
    documents: new DocumentThreads(),
  };
}

/** The health checks report that the process is alive and that its database does not answer. */
async function assertNotReady({ origin }: ServiceProcess): Promise<void> {
  const [live, ready] = await Promise.all(['live', 'ready'].map((name) => fetch(`${origin}/health/${name}`)));
  assert.deepEqual([live?.status, ready?.status], [200, 503]);
}

/** A service whose connections were cut a moment ago may not have opened any yet. */
async function cutSome(server: PrivateServer): Promise<void> {
  const giveUpAtMs = performance.now() + 30_000;
  while ((await server.cutConnections()) === 0) {
    assert.ok(performance.now() < giveUpAtMs, 'there were connections to cut');
    await pause(5);
  }
}

async function putOffMore(load: Load, more: number): Promise<void> {
  const [wanted, giveUpAtMs] = [load.counts.putOff + more, performance.now() + 30_000];
  while (load.counts.putOff < wanted) {
    if (performance.now() > giveUpAtMs) throw new Error('the fault was not noticed');
    await pause(5);
  }
}
