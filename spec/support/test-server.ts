import { createHash } from 'node:crypto';
import { existsSync, statfsSync } from 'node:fs';
import { freemem, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection, escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';
import { startEmbeddedDatabase } from '../../batch/launch/embedded-database.ts';
import { SERVICE_RIGHTS } from '../../src/database/grants.rules.ts';

/** The database server of one test run, and the prefix of the databases that it may touch. */
export interface TestServer {
  readonly url: string;
  readonly prefix: string;
}

/** Environment variables by which the test command passes the server to its spec files. */
export const testServerVariables = { url: 'TABANE_TEST_SERVER_URL', prefix: 'TABANE_TEST_PREFIX' } as const;

const root = join(import.meta.dirname, '..', '..');
const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 2 ** 30;

/**
 * Where the private server keeps its data: in memory, where the machine has enough of it. A copy of the schema is some 250 small
 * files, and a file system on a disk takes three to ten times as long to make and remove them.
 */
function chooseDataDir(): string {
  const onDisk = join(root, '.data', 'test');
  const { bavail = 0, bsize = 0 } = existsSync(IN_MEMORY) ? statfsSync(IN_MEMORY) : {};
  if (bavail * bsize < ENOUGH_BYTES || freemem() < ENOUGH_BYTES) return onDisk;
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return join(IN_MEMORY, `tabane-test-${userInfo().uid}-${checkout}`);
}

/**
 * The server that DATABASE_URL names, or a private one that is removed at the end.
 *
 * Concurrent runs share the private one. On another server only databases with this run's prefix are created, and `close`
 * drops them.
 */
export async function openTestServer(): Promise<TestServer & { close(): Promise<void> }> {
  const prefix = `tabane_test_${process.pid}_${Date.now().toString(36)}_`;
  const given = process.env['DATABASE_URL'];
  if (given) {
    const server = { url: databaseUrl(given, ''), prefix };
    await createServiceUser(server);
    return { ...server, close: () => dropDatabases(server) };
  }
  const embedded = await startEmbeddedDatabase({
    dataDir: chooseDataDir(),
    throwaway: true,
    settings: { durability: 'throwaway', bufferPoolMib: 512, logFileMib: 64 },
  });
  const server = { url: embedded.url, prefix };
  await createServiceUser(server);
  return { ...server, close: () => embedded.stop() };
}

/** The service's user in the databases of a test run, with the rights that `npm run migrate` grants. */
export function serviceUserOf({ prefix }: TestServer): { name: string; password: string } {
  return { name: `${prefix}service`, password: 'reads-and-writes-rows' };
}

async function createServiceUser(server: TestServer): Promise<void> {
  const { name, password } = serviceUserOf(server);
  const databases = `${server.prefix.replaceAll('_', String.raw`\_`)}%`;
  await onServer(server.url, async (connection) => {
    await connection.query("CREATE USER ?@'%' IDENTIFIED BY ?", [name, password]);
    const rights = SERVICE_RIGHTS.join(', ');
    await connection.query(`GRANT ${rights} ON ${escapeId(databases)}.* TO ?@'%'`, [name]);
  });
}

let server: Promise<TestServer> | undefined;

/**
 * The test server for this spec file: that of `npm test`, or one of its own when the file runs alone, which
 * ends with the file.
 */
export function getTestServer(): Promise<TestServer> {
  return (server ??= findOrOpenServer());
}

async function findOrOpenServer(): Promise<TestServer> {
  const url = process.env[testServerVariables.url];
  const prefix = process.env[testServerVariables.prefix];
  if (url && prefix) return { url, prefix };
  const own = await openTestServer();
  // After every test and hook of the file.
  process.once('beforeExit', () => void own.close());
  return own;
}

/** URL of a database on a server; the rest of the server's URL is unchanged. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs work on a connection of its own to the server. */
export async function onServer<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: url, multipleStatements: true });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

async function dropDatabases(server: TestServer): Promise<void> {
  const { url, prefix } = server;
  await onServer(url, async (connection) => {
    await connection.query("DROP USER IF EXISTS ?@'%'", [serviceUserOf(server).name]);
    const [rows] = await connection.query<RowDataPacket[]>('SHOW DATABASES');
    const names = rows.map((row) => String(row['Database'])).filter((name) => name.startsWith(prefix));
    for (const name of names) await connection.query('DROP DATABASE IF EXISTS ??', [name]);
  });
}
