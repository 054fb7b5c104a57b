import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { productionSettings } from './support/production-settings.ts';
import { onServer } from './support/test-server.ts';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

function start(env: Record<string, string>): {
  child: ChildProcess;
  address: Promise<string>;
  ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'development', SCHEDULE: 'off', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }));
  const address = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const found = /answers at (http:\S+)/.exec(chunk)?.[1];
      if (found) resolve(found);
    });
  });
  return { child, address, ended };
}

describe('the service as a process', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());

  it('says where it answers, and ends by itself when told to', async () => {
    const { child, address, ended } = start({ DATABASE_URL: database.url, PORT: '0', SCHEDULE: 'on' });
    const reply = await fetch(`${await address}/health/ready`);
    assert.equal(reply.status, 200);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, { code: 0, errors: '' });
  });

  it('does not start in production without its settings, and names every missing one', async () => {
    const { code, errors } = await start({ NODE_ENV: 'production', DATABASE_URL: database.url }).ended;
    assert.equal(code, 1);
    for (const name of ['TABANE_SECRET', 'RADIUS_SERVERS', 'PUBLIC_ORIGIN']) {
      assert.match(errors, new RegExp(`${name} is missing`));
    }
    assert.ok(!errors.includes('    at '), 'no stack for the operator');
  });

  it('asks whether the database is in use before it fills gaps with values that everybody knows', async () => {
    const { code, errors } = await start({ NODE_ENV: '', DATABASE_URL: database.url }).ended;
    assert.equal(code, 1);
    assert.match(errors, /NODE_ENV is missing: production, or development/);
  });

  it('does not start on the schema of an older release, and says how it is brought up to date', async () => {
    const old = await createTestDatabase();
    await onServer(old.url, (connection) =>
      connection.query("DELETE FROM migration WHERE name = '0003-run-of-job'"),
    );
    const { code, errors } = await start({ ...productionSettings, DATABASE_URL: old.url, PORT: '0' }).ended;
    await old.drop();
    assert.equal(code, 1);
    assert.match(errors, /run npm run migrate. It lacks: 0003-run-of-job/);
  });

  it('does not start with another time zone than its database was begun with', async () => {
    const begun = await createTestDatabase();
    const settings = { DATABASE_URL: begun.url, PORT: '0' };
    const first = start(settings);
    await first.address;
    first.child.kill('SIGTERM');
    assert.equal((await first.ended).code, 0);
    const { code, errors } = await start({ ...settings, TIME_ZONE: 'Europe/Berlin' }).ended;
    await begun.drop();
    assert.equal(code, 1);
    assert.match(errors, /TIME_ZONE is Europe\/Berlin, but .* Asia\/Tokyo/);
  });

  it('tries the folder of the files before it runs nights, and does not ask for it without them', async () => {
    const settings = {
      DATABASE_URL: database.url,
      PORT: '0',
      FILES_DIR: join(import.meta.filename, 'files'),
    };
    const { code, errors } = await start({ ...settings, SCHEDULE: 'on' }).ended;
    assert.equal(code, 1);
    assert.match(errors, /FILES_DIR cannot be written to, which nights do: ENOTDIR/);
    const service = start({ ...settings, SCHEDULE: 'off' });
    await service.address;
    service.child.kill('SIGTERM');
    assert.equal((await service.ended).code, 0);
  });

  it('ends with a word when its AAA servers cannot be asked as they are set', async () => {
    const wrong = { RADIUS_SERVERS: '127.0.0.1:99999:secret', RADIUS_FIRST_RETRY_MS: '9000' };
    const { code, errors } = await start({ ...wrong, DATABASE_URL: database.url, PORT: '0' }).ended;
    assert.equal(code, 1);
    assert.match(errors, /RADIUS_SERVERS must name ports/);
    assert.match(errors, /RADIUS_FIRST_RETRY_MS must be less/);
  });

  it('is told by npm when npm is asked to end', async () => {
    // Of its own: development does not open it any more.
    const used = await createTestDatabase();
    const child = spawn('npm', ['run', 'start:production'], {
      cwd: join(import.meta.dirname, '..'),
      env: {
        PATH: process.env['PATH'],
        ...productionSettings,
        SCHEDULE: 'off',
        DATABASE_URL: used.url,
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      output += chunk as string;
      if (/answers at/.test(output)) child.kill('SIGTERM');
    }
    await used.drop();
    assert.match(output, /stopping/);
  });

  it('says what to do when its port is taken', async () => {
    const first = start({ DATABASE_URL: database.url, PORT: '0' });
    const port = new URL(await first.address).port;
    const { code, errors } = await start({ DATABASE_URL: database.url, PORT: port }).ended;
    first.child.kill('SIGINT');
    assert.equal(code, 1);
    assert.match(errors, /choose another PORT/);
    assert.equal((await first.ended).code, 0);
  });
});
