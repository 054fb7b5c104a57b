import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { adminProgram } from '../../batch/admin/program.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { typeCommand } from './admin/type-command.ts';

let world: World;
let folder: string;
before(async () => {
  world = await createWorld();
  folder = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const type = (...args: string[]) => typeCommand(world.deps, args);

async function typeJson(...args: string[]): Promise<Record<string, string>> {
  const { code, out, error } = await type(...args, '--json');
  assert.equal(code, 0, error);
  return JSON.parse(out) as Record<string, string>;
}

const createCompany = (code: string) =>
  typeJson(
    'company',
    'create',
    '--code',
    code,
    '--name',
    '株式会社東雲',
    '--name-en',
    'Shinonome',
    '--address',
    '東京都',
  );

test('help lists every command, and each command its options and an example', async () => {
  for (const args of [[], ['--help'], ['-h']]) {
    const { code, out, opened } = await type(...args);
    assert.deepEqual([code, opened], [0, false]);
    for (const command of adminProgram.commands) assert.ok(out.includes(command.name), command.name);
  }
  for (const command of adminProgram.commands) {
    const { code, out, opened } = await type(...command.name.split(' '), '--help');
    assert.deepEqual([code, opened], [0, false]);
    for (const name of Object.keys(command.options)) assert.ok(out.includes(`--${name}`));
    assert.ok(out.includes(`npm run admin -- ${command.name}`));
  }
  assert.doesNotMatch((await type('company', '--help')).out, /tariff/);
});

test('the example of every command names each required option and no unknown one', () => {
  for (const { options, example } of adminProgram.commands) {
    const named = [...example.matchAll(/--([a-z-]+)/g)].map((match) => match[1] ?? '');
    assert.deepEqual(
      named.filter((name) => !(name in options)),
      [],
    );
    const required = Object.keys(options).filter((name) => options[name]?.required);
    assert.deepEqual(
      required.filter((name) => !named.includes(name)),
      [],
    );
  }
});

test('founds a company with a service, a contract and a key', async () => {
  await createCompany('dawn');
  const site = ['--site-origin', 'https://dawn.example'];
  await typeJson(
    'service',
    'create',
    '--company',
    'dawn',
    '--code',
    'video',
    '--name',
    '動画',
    '--name-en',
    'Video',
    ...site,
  );
  const bank = [
    '--bank-code',
    '9999',
    '--bank-name',
    'ミホン',
    '--branch-code',
    '001',
    '--branch-name',
    'ホンテン',
  ];
  const account = ['--account-number', '1234567', '--account-holder', 'カ）シノノメ'];
  await typeJson('bank-account', 'enter', '--company', 'dawn', ...bank, ...account);
  const contract = await typeJson(
    'contract',
    'create',
    '--company',
    'dawn',
    '--tariff',
    'flets-2012',
    '--valid-from',
    '2026-04-01',
  );
  assert.equal(Number(contract['perChargeMaxMinor']), 10_000);
  const key = await typeJson('key', 'issue', '--company', 'dawn', '--label', 'shop');
  assert.match(key['token'] ?? '', /^tbn_/);
  const { out } = await type('company', 'show', '--company', 'dawn');
  for (const part of [
    '株式会社東雲',
    'code: video, state: active',
    'valid from: 2026-04-01, valid to: open-ended, tariff code: flets-2012',
    key['id'] ?? '?',
  ]) {
    assert.ok(out.includes(part), out);
  }
  await typeJson(
    'contract',
    'end',
    '--company',
    'dawn',
    '--valid-from',
    '2026-04-01',
    '--valid-to',
    '2027-01-01',
  );
  await typeJson('service', 'suspend', '--company', 'dawn', '--service', 'video');
  await typeJson('company', 'suspend', '--company', 'dawn');
  assert.equal((await typeJson('company', 'activate', '--company', 'dawn'))['state'], 'active');
  assert.match((await type('contract', 'list', '--company', 'dawn')).out, /2027-01-01/);
  assert.match((await type('service', 'list', '--company', 'dawn')).out, /suspended/);
  await typeJson('key', 'revoke', '--key', key['id'] ?? '');
});

test('what it does is in the audit trail under who did it', async () => {
  await createCompany('noon');
  const sql = sqlOf(world.deps.orm.em.fork());
  const audit = await sql
    .selectFrom('audit_entry')
    .selectAll()
    .where('subject', '=', 'company:noon')
    .execute();
  assert.deepEqual(
    audit.map(({ actor, action }) => [actor, action]),
    [['staff:spec', 'company.create']],
  );
});

test('never shows a hash, and a token or a password only when it is made', async () => {
  await createCompany('dusk');
  const key = await typeJson('key', 'issue', '--company', 'dusk', '--label', 'shop');
  const line = await makeLine(world.deps);
  const issued = await typeJson(
    'subscriber',
    'issue',
    '--line',
    line.lineId,
    '--name',
    '花子',
    '--for',
    'holder',
  );
  const reset = await typeJson('subscriber', 'reset-password', '--id', issued['issuedId'] ?? '');
  assert.notEqual(reset['password'], issued['password']);
  const sql = sqlOf(world.deps.orm.em.fork());
  const { secretHash } = await sql
    .selectFrom('api_key')
    .select('secretHash')
    .where('id', '=', key['id'] ?? '')
    .executeTakeFirstOrThrow();
  const { passwordHash } = await sql
    .selectFrom('subscriber')
    .select('passwordHash')
    .executeTakeFirstOrThrow();
  for (const args of [
    ['key', 'list', '--company', 'dusk'],
    ['company', 'show', '--company', 'dusk'],
    ['subscriber', 'list', '--line', line.lineId],
    ['line', 'show', '--line', line.lineId],
  ]) {
    for (const format of [[], ['--json']]) {
      const { code, out } = await type(...args, ...format);
      assert.equal(code, 0);
      for (const secret of [secretHash, passwordHash, key['token'], issued['password'], reset['password']]) {
        assert.ok(secret && !out.includes(secret), `${args.join(' ')} shows a secret`);
      }
    }
  }
  assert.equal((await typeJson('subscriber', 'end', '--id', issued['issuedId'] ?? ''))['state'], 'ended');
});

test('a refusal is one line with its code', async () => {
  const missing = await type('company', 'show', '--company', 'nobody');
  assert.deepEqual([missing.code, missing.out], [1, '']);
  assert.equal(missing.error, 'Refused: There is no company nobody. [company-not-found]\n');
  const wrong = await type(
    'company',
    'create',
    '--code',
    'UPPER',
    '--name',
    'x',
    '--name-en',
    'x',
    '--address',
    'x',
  );
  assert.match(wrong.error, /^Refused: --code must be 2 to 32 lower-case letters.* \[invalid-request\]\n$/);
});

test('lists, shows and adds tariffs', async () => {
  assert.match((await type('tariff', 'list')).out, /flets-2012/);
  const path = join(folder, 'tariff.json');
  const definition = {
    monthlyBaseMinor: 0,
    percentBps: 450,
    perLineMinimumMinor: 0,
    bands: [],
  };
  await writeFile(path, JSON.stringify(definition));
  const names = ['--name', '定率', '--name-en', 'Flat'];
  await typeJson(
    'tariff',
    'add',
    '--code',
    'flat-2027',
    '--valid-from',
    '2027-04-01',
    ...names,
    '--definition',
    path,
  );
  assert.match((await type('tariff', 'show', '--tariff', 'flat-2027', '--date', '2027-04-01')).out, /4\.5%/);
  await writeFile(path, '{');
  const bad = await type(
    'tariff',
    'add',
    '--code',
    'flat-2028',
    '--valid-from',
    '2027-04-01',
    ...names,
    '--definition',
    path,
  );
  assert.deepEqual([bad.code, bad.error], [2, `${path} is not JSON\n`]);
});

test('text of strangers does not steer the terminal', async () => {
  await createCompany('escape');
  const sql = sqlOf(world.deps.orm.em.fork());
  await sql.updateTable('company').set({ name: '\u001B[2J消去' }).where('code', '=', 'escape').execute();
  const { out } = await type('company', 'show', '--company', 'escape');
  assert.equal(out.includes('\u001B'), false);
});

async function spawnAdmin(...args: string[]) {
  const script = join(import.meta.dirname, '..', '..', 'batch', 'admin.ts');
  const env = { ...process.env, DATABASE_URL: world.database.url, NODE_ENV: 'development' };
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, error };
}

test('as a process it prints, ends by itself and its exit code shows the result', async () => {
  await createCompany('process');
  const listed = await spawnAdmin('company', 'show', '--company', 'process', '--json');
  assert.deepEqual([listed.code, listed.error], [0, '']);
  assert.equal((JSON.parse(listed.out) as { code: string }).code, 'process');
  const [refused, unknown] = await Promise.all([
    spawnAdmin('company', 'show', '--company', 'nobody'),
    spawnAdmin('x'),
  ]);
  assert.deepEqual([refused.code, unknown.code], [1, 2]);
});
