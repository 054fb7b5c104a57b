import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const COMMAND = join(import.meta.dirname, 'run.ts');

describe('an interrupted fault test', () => {
  it('leaves no server, no service, no disk and no folder behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interrupted-'));
    const child = spawn(process.execPath, [COMMAND, 'database', '--times', '9'], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    // After the first fault a server and a service are running.
    for await (const text of child.stdout.setEncoding('utf8')) if (String(text).includes('continues')) break;
    assert.ok((await processesOf(folder)).length >= 2);
    child.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
    // A killed process needs a moment to end.
    while ((await processesOf(folder)).length > 0) await pause(10);
    assert.deepEqual(await readdir(folder), []);
    assert.ok(!(await readFile('/proc/mounts', 'utf8')).includes(folder));
    await rm(folder, { recursive: true });
  });
});

/** Running processes that use a folder: the server by its arguments, the service by its environment. */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [args, environment, status] = await Promise.all(
        ['cmdline', 'environ', 'stat'].map((file) =>
          readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''),
        ),
      );
      const isDead = / Z /.test(status!);
      return !isDead && `${args}${environment}`.includes(folder) ? [args!.replaceAll('\0', ' ')] : [];
    }),
  );
  return found.flat();
}
