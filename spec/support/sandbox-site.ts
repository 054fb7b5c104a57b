import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { escapeId } from 'mysql2/promise';
import { createApp } from '../../src/app.ts';
import type { ServiceDeps } from '../../src/service-deps.ts';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createWorld as createSandboxWorld } from '../../src/sandbox/create-world.ts';
import { issueWorldKey } from '../../src/sandbox/issue-world-key.ts';
import type { StaffActor } from '../../src/access/actor.ts';
import { makeApiKey, makeCompany, makeContract, makeService } from './factories.ts';
import { databaseUrl, getTestServer, onServer } from './test-server.ts';
import { createWorld, type World } from './world.ts';

const staff: StaffActor = { kind: 'staff', account: 'spec', roles: ['administrator'], provenBy: 'nothing' };
let made = 0;

/** A company with a world of its own, and keys to both. */
export interface SandboxCompany {
  readonly id: number;
  readonly code: string;
  readonly worldId: string;
  readonly liveToken: string;
  readonly token: string;
}

/** The public listener with sandboxes, on a live database and a sandbox server with an owner of its own. */
export interface SandboxSite {
  readonly live: World;
  readonly deps: ServiceDeps;
  readonly sandbox: Sandbox;
  readonly origin: string;
  readonly sandboxUrl: string;
  newCompany(code: string, options?: { hasWorld?: boolean }): Promise<SandboxCompany>;
  call(token: string, method: string, path: string, body?: object): Promise<SandboxReply>;
  close(): Promise<void>;
}

export interface SandboxReply {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the specs read what they expect
  readonly body: any;
  readonly headers: Headers;
}

export async function openSandboxSite(settings: Readonly<Record<string, string>> = {}): Promise<SandboxSite> {
  const testServer = await getTestServer();
  made += 1;
  const name = `${testServer.prefix}s${process.pid % 10_000}${made}`;
  const user = `${name}_o`.slice(-60);
  await onServer(testServer.url, async (connection) => {
    await connection.query("CREATE USER ?@'%' IDENTIFIED BY 'owns-the-worlds'", [user]);
    const pattern = escapeId(`${name.replaceAll('_', String.raw`\_`)}%`);
    await connection.query(`GRANT ALL PRIVILEGES ON ${pattern}.* TO ?@'%'`, [user]);
  });
  const url = new URL(databaseUrl(testServer.url, name));
  url.username = user;
  url.password = 'owns-the-worlds';
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const live = await createWorld({ PUBLIC_ORIGIN: origin, SANDBOX_DATABASE_URL: url.href, ...settings });
  const sandbox = new Sandbox(live.deps, live.config.sandbox!);
  const lineCheck = {
    check: () => Promise.resolve({ kind: 'unknown', reason: 'timeout' } as const),
    stats: () => [],
    close: () => Promise.resolve(),
  };
  const deps: ServiceDeps = { ...live.deps, lineCheck, sandbox };
  server.on('request', createApp(deps).callback() as RequestListener);
  return {
    live,
    deps,
    sandbox,
    origin,
    sandboxUrl: url.href,
    newCompany: async (code, { hasWorld = true } = {}) => {
      const company = await makeCompany(live.deps, { code });
      await makeService(live.deps, { companyId: company.id, code: `${code}-video` });
      await makeContract(live.deps, { companyId: company.id });
      const { token: liveToken } = await makeApiKey(live.deps, { companyId: company.id });
      const known = { id: company.id, code, liveToken };
      if (!hasWorld) return { ...known, worldId: '', token: '' };
      const { id: worldId } = await createSandboxWorld(deps, staff, { companyCode: code });
      const { token } = await issueWorldKey(deps, staff, { companyCode: code, label: 'spec' });
      return { ...known, worldId, token };
    },
    call: async (token, method, path, body) => {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await sandbox.close();
      await live.close();
      await onServer(testServer.url, async (connection) => {
        const [rows] = await connection.query('SHOW DATABASES');
        for (const { Database } of rows as { Database: string }[])
          if (Database.startsWith(name)) await connection.query(`DROP DATABASE ${escapeId(Database)}`);
        await connection.query("DROP USER ?@'%'", [user]);
      });
    },
  };
}
