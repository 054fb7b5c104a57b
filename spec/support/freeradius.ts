import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { requireProgram } from './require-program.ts';

/** Shared secret of the only client that `freeradius/radiusd.conf` knows. */
export const freeRadiusSecret = 'testing-secret-0123456789';

export interface FreeRadius {
  /** UDP port on 127.0.0.1. */
  readonly port: number;
  /** Ends the server by its pid and removes its folder. */
  stop(): Promise<void>;
}

const CONFIGURATION = join(import.meta.dirname, 'freeradius');
const START_ATTEMPTS = 3;

type Child = ChildProcessByStdio<null, Readable, null>;

/**
 * Starts a real FreeRADIUS on a free port of 127.0.0.1 and waits until it answers. It has the lines of
 * `freeradius/users` and the given ones, each with its current address.
 */
export async function startFreeRadius(
  lines: readonly { lineId: string; address: string }[] = [],
): Promise<FreeRadius> {
  const program = requireProgram('freeradius');
  const folder = await mkdtemp(join(tmpdir(), 'tabane-freeradius-'));
  await cp(CONFIGURATION, folder, { recursive: true });
  const users = await readFile(join(folder, 'users'), 'utf8');
  await writeFile(join(folder, 'users'), `${lines.map(userEntry).join('')}${users}`);
  const { child, port } = await startOnFreePort(program, folder);
  const endWithUs = (): void => void child.kill();
  process.once('exit', endWithUs);
  return {
    port,
    stop: async () => {
      process.off('exit', endWithUs);
      await end(child);
      await rm(folder, { recursive: true });
    },
  };
}

function userEntry({ lineId, address }: { lineId: string; address: string }): string {
  const attribute = address.includes(':') ? 'Framed-IPv6-Address' : 'Framed-IP-Address';
  const question = `Service-Type == Call-Check, Calling-Station-Id == "${lineId}", ${attribute} == ${address}`;
  return `${lineId} ${question}, Auth-Type := Accept\n\n`;
}

/** Retries a failed start: another process may take the free port first. */
async function startOnFreePort(program: string, folder: string): Promise<{ child: Child; port: number }> {
  let output = '';
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await findFreePort();
    const child = spawn(program, ['-f', '-l', 'stdout', '-d', folder], {
      env: { ...process.env, RADDB: folder, RADIUS_RUN: folder, RADIUS_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    output = await readUntilReady(child);
    if (output.endsWith(READY)) {
      // A full pipe would block the server.
      child.stdout.resume();
      return { child, port };
    }
    await end(child);
  }
  await rm(folder, { recursive: true });
  throw new Error(`FreeRADIUS did not start:\n${output}`);
}

const READY = 'Ready to process requests';

/** The output of the server until it is ready, or all of it if it failed. */
async function readUntilReady(child: Child): Promise<string> {
  let output = '';
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    output += `${line}\n`;
    if (line.includes(READY)) return output.slice(0, output.indexOf(READY) + READY.length);
  }
  return output;
}

async function findFreePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const { port } = socket.address();
  await new Promise<void>((resolve) => {
    socket.close(resolve);
  });
  return port;
}

async function end(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
