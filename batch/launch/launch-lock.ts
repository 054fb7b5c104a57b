import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { LaunchRefusal } from './launch-refusal.ts';

const retryAfterMs = 50;

/**
 * Runs work while no other process of this machine does so for the same folder.
 *
 * The lock is a name in Linux's abstract socket space: the kernel gives it to one process and takes it
 * back when that process ends, however it ends, so no lock remains after a crash.
 *
 * `folder` is an absolute path without symbolic links.
 *
 * @throws LaunchRefusal when another process holds the lock for longer than `timeoutMs`.
 */
export async function withLaunchLock<T>(
  folder: string,
  work: () => Promise<T>,
  timeoutMs = 120_000,
): Promise<T> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  const giveUpAtMs = performance.now() + timeoutMs;
  let lock = await tryLock(`\0tabane-${name}`);
  while (lock === undefined) {
    if (performance.now() > giveUpAtMs) {
      throw new LaunchRefusal(
        `another process has been starting or stopping the database of ${folder} too long`,
      );
    }
    await wait(retryAfterMs);
    lock = await tryLock(`\0tabane-${name}`);
  }
  try {
    return await work();
  } finally {
    lock.close();
    await once(lock, 'close');
  }
}

async function tryLock(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen(path);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}
