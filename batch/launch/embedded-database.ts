import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { countClients, registerClient, unregisterClient, type Client } from './clients.ts';
import { initialiseServer } from './initialise-server.ts';
import { withLaunchLock } from './launch-lock.ts';
import { LaunchRefusal } from './launch-refusal.ts';
import { ensurePrograms } from './packages.ts';
import { findProgram } from './programs.ts';
import type { ServerSettings } from './server-options.ts';
import { secureRoot } from './server-passwords.ts';
import * as servers from './server-process.ts';

/** A running private server, shared by all processes that asked for the same folder. */
export interface EmbeddedDatabase {
  /** Of the server's root, without a database: `mariadb://root:…@localhost/?socketPath=/…`. */
  readonly url: string;
  readonly rootPassword: string;
  readonly socketPath: string;
  readonly pid: number;
  /** Gives up this process's stake; the last one out stops the server. Safe to call twice. */
  stop(): Promise<void>;
}

/** What to start and how. */
export interface EmbeddedDatabaseOptions {
  /** Everything of this server is in here: data, socket, pid file, log, the list of its clients. */
  readonly dataDir: string;
  readonly settings?: ServerSettings;
  /** Begin empty when nobody uses it, and remove the folder with the last client. */
  readonly throwaway?: boolean;
  /** How long a server found running may take to answer, and then to end. */
  readonly timeoutMs?: number;
}

// A sun_path of Linux has 108 bytes with its closing zero.
const longestSocketPathBytes = 107;
// InnoDB's recovery after a crash comes before the first answer.
const startTimeoutMs = 120_000;
const shutdownTimeoutMs = 60_000;

/**
 * Starts a private MariaDB on a unix socket, or joins the one that already runs in the same folder.
 *
 * A server that a killed launcher has left running is found through its pid file: reused if it responds, ended if
 * it does not. Data and transactions survive any crash (see `ServerSettings.durability`).
 *
 * @throws LaunchRefusal with one line for the user where it cannot start.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  if (process.platform !== 'linux') {
    throw new LaunchRefusal('the embedded database needs Linux; elsewhere set DATABASE_URL to a MariaDB');
  }
  ensurePrograms(['mariadbd']);
  const folder = resolveFolder(options.dataDir);
  const { server, client, rootPassword } = await withLaunchLock(folder, () => joinServer(folder, options));
  let stopping: Promise<void> | undefined;
  return {
    url: `mariadb://root:${rootPassword}@localhost/?socketPath=${encodeURIComponent(server.socketPath)}`,
    rootPassword,
    socketPath: server.socketPath,
    pid: server.pid,
    stop: () => (stopping ??= withLaunchLock(folder, () => leaveServer(folder, client, options))),
  };
}

async function joinServer(
  folder: string,
  options: EmbeddedDatabaseOptions,
): Promise<{ server: servers.RunningServer; client: Client; rootPassword: string }> {
  if (options.throwaway && countClients(folder) === 0) await clear(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server =
    (await reuseServer(folder, options.timeoutMs ?? 30_000)) ??
    (await startServer(folder, options.settings ?? {}));
  const rootPassword = await secureRoot(folder, server.socketPath);
  return { server, client: registerClient(folder), rootPassword };
}

async function leaveServer(folder: string, client: Client, options: EmbeddedDatabaseOptions): Promise<void> {
  unregisterClient(folder, client);
  if (countClients(folder) > 0) return;
  if (options.throwaway) return await clear(folder);
  const server = findServer(folder);
  if (server) await servers.endServer(server, shutdownTimeoutMs);
}

async function reuseServer(folder: string, timeoutMs: number): Promise<servers.RunningServer | undefined> {
  const server = findServer(folder);
  if (!server) return undefined;
  if (await servers.waitUntilAnswering(server, timeoutMs)) return server;
  await servers.endServer(server, timeoutMs);
  return undefined;
}

async function startServer(folder: string, settings: ServerSettings): Promise<servers.RunningServer> {
  initialiseServer(folder, getProgram('mariadb-install-db'), settings);
  const logFile = join(folder, 'mariadb.log');
  const paths = {
    folder,
    data: join(folder, 'mariadb'),
    socket: chooseSocketPath(folder),
    pidFile: pidFileOf(folder),
  };
  const server = servers.spawnServer({ program: getProgram('mariadbd'), paths, logFile }, settings);
  if (await servers.waitUntilAnswering(server, startTimeoutMs)) return server;
  await servers.endServer(server, shutdownTimeoutMs);
  const reason = readFileSync(logFile, 'utf8')
    .split('\n')
    .find((line) => line.includes('[ERROR]'));
  throw new LaunchRefusal(`the database did not start: ${reason ?? 'no reason given'} (see ${logFile})`);
}

/** Throws the folder away, its running server first. */
async function clear(folder: string): Promise<void> {
  const server = findServer(folder);
  if (server) await servers.endServer(server, 0);
  rmSync(folder, { recursive: true, force: true });
}

/** One name for one folder: the lock, and the proof that a mariadbd is ours, compare names. */
function resolveFolder(dataDir: string): string {
  const parent = dirname(resolve(dataDir));
  mkdirSync(parent, { recursive: true });
  return join(realpathSync(parent), basename(dataDir));
}

function findServer(folder: string): servers.RunningServer | undefined {
  return servers.findRunningServer(pidFileOf(folder), join(folder, 'mariadb'));
}

function pidFileOf(folder: string): string {
  return join(folder, 'mariadb.pid');
}

function chooseSocketPath(folder: string): string {
  const beside = join(folder, 'mariadb.sock');
  if (Buffer.byteLength(beside) <= longestSocketPathBytes) return beside;
  return join(mkdtempSync(servers.shortSocketFolder()), 'mariadb.sock');
}

function getProgram(file: string): string {
  const path = findProgram(file);
  if (path === undefined) throw new LaunchRefusal(`${file} not found`);
  return path;
}
