import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { createApp } from '../../src/app.ts';
import type { Answering } from '../../src/http/bounded-server.ts';
import { measureRequests } from '../../src/metrics/request-metrics.ts';
import { createLog } from '../../src/shared/log.ts';
import { readExposition, type ExposedMetric } from '../metrics/read-exposition.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { makeApiKey, makeSale } from './factories.ts';
import { apiClient, type ApiClient } from './http-client.ts';
import { createWorld, type World } from './world.ts';

/** A line of the log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly status?: number;
  readonly route?: string;
  readonly hungUpBy?: string;
  readonly err?: { readonly message: string; readonly code?: string };
}

/** The real application with readable log and metrics, and a company that sells under a consent. */
export interface LoggedSite {
  readonly world: World;
  readonly server: Server;
  readonly port: number;
  readonly token: string;
  readonly consent: string;
  readonly service: string;
  readonly api: ApiClient;
  /** The text of the log, for searches. */
  readonly text: () => string;
  readonly lines: () => LogLine[];
  /** Waits for that many lines of requests. */
  readonly requests: (count: number) => Promise<LogLine[]>;
  readonly metrics: () => Promise<Map<string, ExposedMetric>>;
  forget(): void;
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly listen?: (answer: Answering) => Server;
  readonly settings?: Readonly<Record<string, string>>;
}

const WAIT_MS = 10_000;

export async function openLoggedSite({
  listen = (answer) => createServer((request, response) => void answer(request, response)),
  settings = {},
}: SiteOptions = {}): Promise<LoggedSite> {
  const world = await createWorld(settings);
  const { deps } = world;
  const sale = await makeSale(deps);
  const { token } = await makeApiKey(deps, { companyId: sale.company.id });
  const { log, ...written } = recordLog();
  const registry = new Registry();
  const measure: Middleware = measureRequests(registry);
  const lineCheck = {
    check: () => Promise.resolve({ kind: 'unknown', reason: 'no-server' } as const),
    stats: () => [],
    close: () => Promise.resolve(),
  };
  const server = listen(createApp({ ...deps, log, lineCheck }, { measure }).callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    world,
    server,
    port,
    token,
    consent: publicId('consent', sale.consent.id),
    service: sale.service.code,
    api: apiClient(`http://127.0.0.1:${port}`, token),
    ...written,
    metrics: async () => readExposition(await registry.metrics()),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.close();
    },
  };
}

/** A log in memory, with all levels. */
export function recordLog(): { log: Logger } & Pick<LoggedSite, 'text' | 'lines' | 'requests' | 'forget'> {
  let kept: string[] = [];
  const lines = () => kept.map((line) => JSON.parse(line) as LogLine);
  return {
    log: createLog('trace', { write: (line: string) => void kept.push(line) }),
    text: () => kept.join(''),
    lines,
    requests: async (count) => {
      for (const giveUpMs = performance.now() + WAIT_MS; performance.now() < giveUpMs; await wait(2)) {
        const found = lines().filter(({ msg }) => msg === 'request');
        if (found.length >= count) return found;
      }
      throw new Error(`the log has fewer than ${count} requests: ${kept.join('')}`);
    },
    forget: () => void (kept = []),
  };
}
