import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { LaunchRefusal } from './launch-refusal.ts';
import {
  findStartTime,
  readCommandLine,
  signalProcess,
  waitUntilGone,
} from '../../src/shared/process-table.ts';
import { listServerOptions, type ServerPaths, type ServerSettings } from './server-options.ts';

/** A mariadbd of ours that was seen alive. */
export interface RunningServer {
  readonly pid: number;
  readonly socketPath: string;
}

/**
 * The server that the pid file names, if that process lives and is a mariadbd of this very data folder.
 * Its own command line is the proof: a pid may belong to somebody else's process by now.
 */
export function findRunningServer(pidFile: string, dataFolder: string): RunningServer | undefined {
  const pid = readPid(pidFile);
  if (pid === undefined || findStartTime(pid) === undefined) return undefined;
  const [program, ...options] = readCommandLine(pid);
  if (!program?.endsWith('mariadbd') || !options.includes(`--datadir=${dataFolder}`)) return undefined;
  const socketPath = options.find((option) => option.startsWith('--socket='))?.slice('--socket='.length);
  return socketPath === undefined ? undefined : { pid, socketPath };
}

/** Starts mariadbd in a session of its own, so that Ctrl-C reaches it only through us. */
export function spawnServer(
  start: { program: string; paths: ServerPaths; logFile: string },
  settings: ServerSettings,
): RunningServer {
  const log = openSync(start.logFile, 'w', 0o600);
  const child = spawn(start.program, listServerOptions(start.paths, settings), {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => {}); // seen as a missing pid below
  child.unref();
  if (child.pid === undefined) throw new LaunchRefusal(`could not run ${start.program}`);
  // mariadbd writes the same file, but late: a launcher killed before that must not lose sight of it.
  writeFileSync(start.paths.pidFile, `${child.pid}\n`, { mode: 0o600 });
  return { pid: child.pid, socketPath: start.paths.socket };
}

/** Waits until the server answers a query; false when its process ends or `timeoutMs` passes before. */
export async function waitUntilAnswering(server: RunningServer, timeoutMs: number): Promise<boolean> {
  const giveUpAtMs = performance.now() + timeoutMs;
  while (findStartTime(server.pid) !== undefined && performance.now() < giveUpAtMs) {
    if (await answers(server.socketPath, giveUpAtMs - performance.now())) return true;
    await wait(30);
  }
  return false;
}

/**
 * Ends a server: with an orderly shutdown, and by force if that takes longer than `timeoutMs`. Zero forces
 * it at once, for data that is not kept.
 */
export async function endServer(server: RunningServer, timeoutMs: number): Promise<void> {
  if (timeoutMs > 0) signalProcess(server.pid, 'SIGTERM');
  if (timeoutMs === 0 || !(await waitUntilGone(server.pid, timeoutMs))) {
    signalProcess(server.pid, 'SIGKILL');
    await waitUntilGone(server.pid, 10_000);
  }
  rmSync(server.socketPath, { force: true });
  removeSocketFolder(dirname(server.socketPath));
}

/** Takes away a folder that held nothing but a socket; one that holds more is somebody's data. */
function removeSocketFolder(folder: string): void {
  if (!folder.startsWith(shortSocketFolder()) || !existsSync(folder)) return;
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Beginning of the name of the folders for sockets whose path would otherwise be too long. */
export function shortSocketFolder(): string {
  return `${tmpdir()}/tabane-socket-`;
}

async function answers(socketPath: string, timeoutMs: number): Promise<boolean> {
  try {
    const timeout = Math.max(1, Math.min(timeoutMs, 3_000));
    const connection = await createConnection({ user: 'root', socketPath, connectTimeout: timeout });
    await connection.query({ sql: 'SELECT 1', timeout });
    connection.destroy();
    return true;
  } catch (error) {
    // The server asks for root's password, so it responds.
    return error instanceof Error && 'errno' in error && error.errno === 1045;
  }
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
