import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findStartTime, waitUntilGone } from '../../../src/shared/process-table.ts';
import { largeServer } from '../../../batch/launch/server-options.ts';

const entryPoint = fileURLToPath(new URL('../../../batch/launch/with-database.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'with-database-spec-'));
/** Most tests use one server's data in turn: making another takes seconds, and each test is of what is started on it. */
const SHARED = 'plain';

/** Launchers of all tests: one that a failed test leaves waiting would keep this file from ending. */
const launched = new Set<ChildProcess>();

/** Runs the launcher in a process group of its own, as a shell does. */
function launch(
  folder: string,
  command: readonly string[],
  { environment = {}, options = [] }: { environment?: NodeJS.ProcessEnv; options?: readonly string[] } = {},
) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const args = ['--data', join(root, folder), ...options, '--', ...command];
  const child = spawn(process.execPath, [entryPoint, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...environment },
  });
  launched.add(child);
  const output = text(child.stdout);
  const errors = text(child.stderr);
  const ended = once(child, 'close').then(async () => ({
    exitCode: child.exitCode,
    output: await output,
    errors: await errors,
  }));
  return { child, ended };
}

/** A command that writes its pid into a file and then waits to be ended; `onTerm` is its answer to SIGTERM. */
async function launchWaiting(folder: string, onTerm = 'process.exit(143)') {
  const pidFile = join(root, `${folder}.pid`);
  rmSync(pidFile, { force: true });
  const script = `process.on('SIGTERM', () => ${onTerm}); setInterval(() => {}, 1000);
    fs.writeFileSync('${pidFile}.new', String(process.pid)); fs.renameSync('${pidFile}.new', '${pidFile}');`;
  const started = launch(folder, ['node', '-e', script]);
  const gone = started.ended.then(({ errors }) => assert.fail(`the launcher ended: ${errors}`));
  const arrived = new AbortController();
  await Promise.race([waitForFile(pidFile, arrived.signal), gone]).finally(() => arrived.abort());
  gone.catch(() => {}); // from here on the launcher is meant to end
  return { ...started, commandPid: Number(readFileSync(pidFile, 'utf8')) };
}

async function waitForFile(path: string, signal: AbortSignal): Promise<void> {
  while (!existsSync(path) && !signal.aborted) await setTimeout(20);
}

function serverPid(folder: string): number {
  return Number(readFileSync(join(root, folder, 'mariadb.pid'), 'utf8'));
}

describe('with-database', { timeout: 180_000 }, () => {
  after(() => {
    for (const child of launched) child.kill('SIGTERM');
    rmSync(root, { recursive: true, force: true });
  });

  it('gives the command a database, its arguments and its exit code, and stops the server', async () => {
    const script =
      'console.log(JSON.stringify([process.env.DATABASE_URL, ...process.argv.slice(1)])); process.exit(7)';
    const { ended } = launch(SHARED, ['node', '-e', script, 'night', '--business-date']);
    const { exitCode, output, errors } = await ended;
    assert.equal(exitCode, 7, errors);
    const [url, ...args] = JSON.parse(output) as [string, ...string[]];
    const socket = encodeURIComponent(join(root, SHARED, 'mariadb.sock'));
    assert.match(url, /^mariadb:\/\/tabane:[0-9a-f]{32}@localhost\/tabane\?socketPath=/);
    assert.ok(url.endsWith(socket));
    assert.deepEqual(args, ['night', '--business-date']);
    assert.equal(existsSync(join(root, SHARED, 'mariadb.pid')), false);
  });

  it('gives the service a user that reads and writes rows, and the schema an owner; root has a password of its own', async () => {
    const script = `const { createConnection } = await import('mysql2/promise');
      const { DATABASE_URL, MIGRATION_DATABASE_URL, SANDBOX_DATABASE_URL } = process.env;
      const sandbox = new URL(SANDBOX_DATABASE_URL);
      sandbox.pathname = '/';
      const attempts = [
        [DATABASE_URL, "DELETE FROM parked"],
        [DATABASE_URL, "DROP TRIGGER charge_stays"],
        [DATABASE_URL, "ALTER TABLE charge ADD COLUMN more INT"],
        [DATABASE_URL, "TRUNCATE TABLE parked"],
        [DATABASE_URL, "SELECT * FROM mysql.global_priv"],
        [MIGRATION_DATABASE_URL, "ALTER TABLE parked COMMENT 'of the owner'"],
        [MIGRATION_DATABASE_URL, "SELECT * FROM mysql.global_priv"],
        [sandbox.href, "CREATE DATABASE IF NOT EXISTS sandbox_world"],
        [sandbox.href, "SELECT * FROM tabane.company"],
        [sandbox.href, "DROP DATABASE tabane"],
        [MIGRATION_DATABASE_URL, "DROP DATABASE sandbox_world"],
        [DATABASE_URL, "CREATE TABLE sandbox_world.anything (id INT)"],
        [DATABASE_URL.replace(/\\/\\/tabane:[^@]*/, '//root'), 'SELECT 1'],
      ];
      for (const [url, statement] of attempts) {
        const outcome = await createConnection(url).then(async (c) => {
          try { await c.query(statement); return 0; } finally { c.destroy(); }
        }).catch(({ errno }) => errno);
        console.log(outcome);
      }`;
    for (let start = 0; start < 2; start += 1) {
      const { output, errors } = await launch(SHARED, ['node', '--input-type=module', '-e', script]).ended;
      assert.deepEqual(
        output.trim().split('\n').map(Number),
        [0, 1142, 1142, 1142, 1142, 0, 1142, 0, 1142, 1044, 1044, 1142, 1045],
        errors,
      );
    }
  });

  it('gives root to a command that makes databases of its own', async () => {
    const command = ['node', '-p', '[process.env.DATABASE_URL, process.env.MIGRATION_DATABASE_URL].join()'];
    const { output } = await launch(SHARED, command, { options: ['--administrator'] }).ended;
    assert.match(output, /^mariadb:\/\/root:[0-9a-f]{32}@localhost\/tabane\?socketPath=[^,]*,\n$/);
  });

  it('starts a large server where one is asked for', async () => {
    const script = `const server = await import('mysql2/promise').then((m) => m.createConnection(process.env.DATABASE_URL));
      console.log((await server.query('SELECT @@innodb_buffer_pool_size >> 20 AS pool'))[0][0].pool); await server.end()`;
    const command = ['node', '--input-type=module', '-e', script];
    const { output, errors } = await launch(SHARED, command, { options: ['--large'] }).ended;
    assert.ok(Math.abs(Number(output) - largeServer().bufferPoolMib!) <= 8, output + errors);
    assert.ok(Number(output) > 256);
  });

  it('starts no server where DATABASE_URL is given', async () => {
    const url = 'mariadb://app@db.example/tabane';
    const { ended } = launch('given', ['node', '-p', 'process.env.DATABASE_URL'], {
      environment: { DATABASE_URL: url },
    });
    assert.deepEqual(await ended, { exitCode: 0, output: `${url}\n`, errors: '' });
    assert.equal(existsSync(join(root, 'given')), false);
  });

  it('stops command and server on Ctrl-C', async () => {
    const { child, ended, commandPid } = await launchWaiting(SHARED);
    const pid = serverPid(SHARED);
    assert.ok(child.pid && findStartTime(pid));
    process.kill(-child.pid, 'SIGINT');
    assert.equal((await ended).exitCode, 130);
    assert.deepEqual([findStartTime(commandPid), findStartTime(pid)], [undefined, undefined]);
  });

  it('passes SIGTERM on to the command, and returns its answer', async () => {
    const { child, ended } = await launchWaiting(SHARED, 'process.exit(3)');
    child.kill('SIGTERM');
    assert.equal((await ended).exitCode, 3);
  });

  it('takes the command along when it is killed, and the next start stops the server', async () => {
    const { child, commandPid } = await launchWaiting(SHARED);
    const pid = serverPid(SHARED);
    child.kill('SIGKILL');
    assert.ok(await waitUntilGone(commandPid, 30_000));
    assert.ok(findStartTime(pid), 'the server is left behind');

    const { exitCode, errors } = await launch(SHARED, ['node', '-e', '']).ended;
    assert.equal(exitCode, 0, errors);
    assert.equal(findStartTime(pid), undefined);
  });

  for (const environment of [{}, { NODE_ENV: 'production' }]) {
    const where = Object.values(environment)[0] ?? 'development';
    it(`answers a request for help, and what it does not understand, without a server (${where})`, async () => {
      for (const [words, exitCode] of [
        ['batch/admin.ts line show --help', 0],
        ['batch/admin.ts line show', 2],
        ['batch/run.ts --help', 0],
        ['batch/run.ts fold-charge', 2],
        ['batch/demo/run.ts --help', 0],
        ['batch/demo/run.ts --lines 1', 2],
      ] as const) {
        const ended = await launch('unasked', ['node', ...words.split(' ')], { environment }).ended;
        assert.equal(ended.exitCode, exitCode, words + ended.errors);
        assert.match(
          exitCode === 0 ? ended.output : ended.errors,
          /npm run (admin|batch|demo) --|Did you mean fold-charges/,
        );
        assert.doesNotMatch(ended.errors, /DATABASE_URL/);
      }
      assert.equal(existsSync(join(root, 'unasked')), false);
    });
  }

  it('refuses to run without a command, in one line', async () => {
    const { exitCode, errors } = await launch('usage', []).ended;
    assert.equal(exitCode, 1);
    assert.match(errors, /^tabane: usage: .*\n$/);
  });
});
