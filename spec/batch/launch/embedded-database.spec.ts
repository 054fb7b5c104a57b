import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { startEmbeddedDatabase } from '../../../batch/launch/embedded-database.ts';
import { findStartTime } from '../../../src/shared/process-table.ts';
import { onServer } from '../../support/test-server.ts';

const root = mkdtempSync(join(tmpdir(), 'launch-spec-'));
const settings = { bufferPoolMib: 32, logFileMib: 16, durability: 'throwaway' } as const;
let folders = 0;
let dataDir = '';

const start = (more: { throwaway?: boolean; timeoutMs?: number } = {}) =>
  startEmbeddedDatabase({ dataDir, settings, ...more });

/** A launcher that starts the server and is then killed, so that it cannot stop it. */
async function startAndKillLauncher(): Promise<void> {
  const module = new URL('../../../batch/launch/embedded-database.ts', import.meta.url).href;
  const script = `const { startEmbeddedDatabase } = await import(${JSON.stringify(module)});
    await startEmbeddedDatabase(${JSON.stringify({ dataDir, settings })});
    process.kill(process.pid, 'SIGKILL');`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  await once(launcher, 'exit');
  assert.equal(launcher.signalCode, 'SIGKILL');
}

async function readNotes(url: string): Promise<unknown> {
  return await onServer(url, async (connection) => (await connection.query('SELECT * FROM kept.note'))[0]);
}

describe('embedded database', { timeout: 180_000 }, () => {
  beforeEach(() => {
    folders += 1;
    dataDir = join(root, String(folders));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('is shared by those who start it in one folder, and stops with the last of them', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    assert.equal(second.pid, first.pid);
    await first.stop();
    await onServer(second.url, (connection) => connection.query('SELECT 1'));
    await second.stop();
    await second.stop();
    assert.equal(findStartTime(first.pid), undefined);
    assert.deepEqual(readdirSync(join(dataDir, 'clients')), []);
  });

  it('keeps its rows over a stop and a start', async () => {
    const first = await start();
    await onServer(first.url, (connection) =>
      connection.query('CREATE DATABASE kept; CREATE TABLE kept.note (n INT); INSERT kept.note VALUES (1)'),
    );
    await first.stop();
    const second = await start();
    assert.notEqual(second.pid, first.pid);
    assert.deepEqual(await readNotes(second.url), [{ n: 1 }]);
    await second.stop();
  });

  it('takes over the server that a killed launcher left, and stops it', async () => {
    await startAndKillLauncher();
    const database = await start();
    const leftByOther = database.pid;
    assert.equal(readdirSync(join(dataDir, 'clients')).length, 2, 'the killed one is still on the list');
    await database.stop();
    assert.equal(findStartTime(leftByOther), undefined);
  });

  it('ends a server that no longer answers, and starts another', async () => {
    const hung = await start();
    process.kill(hung.pid, 'SIGSTOP');
    const database = await start({ timeoutMs: 200 });
    assert.notEqual(database.pid, hung.pid);
    assert.equal(findStartTime(hung.pid), undefined);
    await hung.stop();
    await database.stop();
  });

  it('recovers committed rows after the server was killed', async () => {
    const first = await start();
    await onServer(first.url, (connection) =>
      connection.query('CREATE DATABASE kept; CREATE TABLE kept.note (n INT); INSERT kept.note VALUES (1)'),
    );
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    assert.deepEqual(await readNotes(second.url), [{ n: 1 }]);
    await first.stop();
    await second.stop();
  });

  it('leaves a foreign process alone whose pid is in the pid file', async () => {
    const foreign = spawn('sleep', ['60'], { stdio: 'ignore' });
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'mariadb.pid'), `${foreign.pid}\n`);
    const database = await start();
    await database.stop();
    assert.equal(foreign.exitCode ?? foreign.signalCode, null);
    foreign.kill();
    await once(foreign, 'exit');
  });

  it('begins again where initialising was cut off', async () => {
    mkdirSync(join(dataDir, 'mariadb.new-cutoff'), { recursive: true });
    writeFileSync(join(dataDir, 'mariadb.new-cutoff', 'ibdata1'), 'half');
    const database = await start();
    assert.equal(existsSync(join(dataDir, 'mariadb.new-cutoff')), false);
    await database.stop();
  });

  it('puts the socket elsewhere when its path would be too long', async () => {
    dataDir = join(root, 'long'.repeat(25), 'x');
    const database = await start();
    assert.ok(Buffer.byteLength(database.socketPath) <= 107);
    const again = await start();
    assert.equal(again.socketPath, database.socketPath);
    await again.stop();
    await database.stop();
    assert.equal(existsSync(join(database.socketPath, '..')), false);
  });

  it('leaves nothing of a throwaway server', async () => {
    const database = await start({ throwaway: true });
    await database.stop();
    assert.equal(existsSync(dataDir), false);
    assert.equal(findStartTime(database.pid), undefined);
  });
});
