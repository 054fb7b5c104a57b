import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, it } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { productionSettings } from '../support/production-settings.ts';

let database: TestDatabase;
let filesDir = '';
before(async () => {
  database = await createTestDatabase();
  filesDir = await mkdtemp(join(tmpdir(), 'tabane-files-'));
});
after(async () => {
  await database.drop();
  await rm(filesDir, { recursive: true });
});

/** A command in a process of its own, in production. */
async function run(command: string, words: readonly string[], settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'batch', command), ...words], {
    env: { ...productionSettings, DATABASE_URL: database.url, FILES_DIR: filesDir, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [errors] = await Promise.all([text(child.stderr), once(child, 'close')]);
  // Who acted is logged as well, as a line of the log (spec/security).
  return { code: child.exitCode, errors: errors.replace(/^\{.*"event":"security\.acted_as".*\n/m, '') };
}

const night = ['purge-expired', '--business-date', '2026-05-31', '--as', 'operator'];

it('neither a batch nor an administration command works on books of another time zone or currency', async () => {
  assert.deepEqual(await run('run.ts', night, {}), { code: 0, errors: '' });
  for (const [command, words] of [
    ['run.ts', night],
    ['admin.ts', ['tariff', 'list']],
  ] as const) {
    const { code, errors } = await run(command, words, { TIME_ZONE: 'Europe/Berlin', CURRENCY: 'EUR' });
    assert.equal(code, 1, command);
    assert.match(
      errors,
      /TIME_ZONE is Europe\/Berlin, but .* Asia\/Tokyo[^]*CURRENCY is EUR, but .* JPY/,
      command,
    );
    assert.ok(!errors.includes('    at '), 'no stack for the operator');
  }
});

it('a batch tries the folder of its files first, an administration command does not ask for it', async () => {
  const settings = { FILES_DIR: join(import.meta.filename, 'files') };
  const batch = await run('run.ts', night, settings);
  assert.equal(batch.code, 1);
  assert.match(batch.errors, /^ +- FILES_DIR cannot be written to, which nights do: ENOTDIR/m);
  assert.deepEqual(await run('admin.ts', ['tariff', 'list'], settings), { code: 0, errors: '' });
});
