import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { nameOf } from '../../batch/admin/command.ts';
import { commands } from '../../batch/admin/commands.ts';
import { runAdmin } from '../../batch/admin/run-admin.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

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

/** Types a command line; `opened` tells whether it came to the database. */
async function type(...args: string[]) {
  const seen = { out: '', error: '', opened: false };
  const code = await runAdmin(args, {
    actor: 'cli:spec',
    print: (printed) => void (seen.out += printed),
    printError: (printed) => void (seen.error += printed),
    openDeps: () => {
      seen.opened = true;
      return Promise.resolve({ ...world.deps, close: () => Promise.resolve() });
    },
  });
  return { code, ...seen };
}

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
    for (const command of commands) assert.ok(out.includes(nameOf(command)), nameOf(command));
  }
  for (const command of commands) {
    const { code, out, opened } = await type(command.noun, command.verb, '--help');
    assert.deepEqual([code, opened], [0, false]);
    for (const name of Object.keys(command.options)) assert.ok(out.includes(`--${name}`));
    assert.ok(out.includes(`npm run admin -- ${nameOf(command)}`));
  }
  assert.doesNotMatch((await type('company', '--help')).out, /tariff/);
});

test('the example of every command names each required option and no unknown one', () => {
  for (const { options, example } of commands) {
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

const misunderstood: [args: string[], message: RegExp][] = [
  [['company', 'destroy'], /no command "company destroy".*company create, company list/],
  [['compny', 'list'], /Did you mean: company list, service list/],
  [['frobnicate'], /Did you mean: company …/],
  [['company', 'show'], /--company is missing[^]*Example: npm run admin -- company show --company/],
  [['company', 'create', '--code', 'x'], /--name, --name-en, --address are missing/],
  [['company', 'show', '--company'], /--company/],
  [['company', 'show', '--firm', 'x'], /Unknown option '--firm'/],
  [['company', 'show', 'x'], /Unexpected argument 'x'/],
];

for (const [args, message] of misunderstood) {
  test(`does not understand "${args.join(' ')}" and says what to type`, async () => {
    const { code, out, error, opened } = await type(...args);
    assert.deepEqual([code, out, opened], [2, '', false]);
    assert.match(error, message);
  });
}

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
  const contract = await typeJson(
    'contract',
    'create',
    '--company',
    'dawn',
    '--tariff',
    'flets-2012',
    '--valid-from',
    '2026-04-01',
    ...bank,
    ...account,
  );
  assert.equal(contract['perChargeMaxMinor'], '10000');
  const key = await typeJson('key', 'issue', '--company', 'dawn', '--label', 'shop');
  assert.match(key['token'] ?? '', /^tbn_/);
  const { out } = await type('company', 'show', '--company', 'dawn');
  for (const part of ['株式会社東雲', 'video (active)', '2026-04-01 – open: flets-2012', key['id'] ?? '?']) {
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

for (const [line, message] of [
  ['tariff show --tariff flets-2012 --date tomorrow', /--date must be a date, YYYY-MM-DD, not tomorrow/],
  ['books export --period may --group end', /--period must be a month, YYYY-MM, not may/],
] as const) {
  test(`does not take "${line.split(' ').at(-1)}" in "${line}"`, async () => {
    const { code, error } = await type(...line.split(' '));
    assert.equal(code, 2);
    assert.match(error, message);
  });
}

test('what it does stands in the audit trail under who did it', async () => {
  await createCompany('noon');
  const sql = sqlOf(world.deps.orm.em.fork());
  const audit = await sql
    .selectFrom('audit_entry')
    .selectAll()
    .where('subject', '=', 'company:noon')
    .execute();
  assert.deepEqual(
    audit.map(({ actor, action }) => [actor, action]),
    [['cli:spec', 'company.create']],
  );
});

test('never shows a hash, and a token or a password only when it is made', async () => {
  await createCompany('dusk');
  const key = await typeJson('key', 'issue', '--company', 'dusk', '--label', 'shop');
  const line = await makeLine(world.deps);
  const issued = await typeJson('subscriber', 'issue', '--line', line.lineId, '--name', '花子');
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
  assert.match(wrong.error, /^Refused: --code must match .* \[invalid-request\]\n$/);
});

const company = 'company create --name x --name-en x --address x';
const registered = `${company} --code x1 --registration-number T4011001098993`;
const contract =
  'contract create --company x --bank-name x --branch-name x --account-number 1234567 --account-holder x';
const holding = `${contract} --bank-code 9999 --branch-code 001 --tariff flets-2012 --valid-from 2026-04-01`;

const refusedOptions: [line: string, options: string][] = [
  [`${company} --code X --registered-from then`, '--code --registered-from'],
  [`${company} --code x1 --registered-from 2023-10-01`, '--registration-number'],
  [
    `${registered} --registered-from 2023-10-01 --registered-to 2023-10-01`,
    '--registered-to --registered-from',
  ],
  ['service create --company x --code x1 --name x --name-en x --site-origin x.example', '--site-origin'],
  [
    `${contract} --bank-code 1 --branch-code 1 --tariff ? --valid-from 2026-04-31`,
    '--tariff --valid-from --bank-code --branch-code',
  ],
  [`${holding} --payout-day 32 --payout-months 0`, '--payout-months --payout-day'],
  [`${holding} --valid-to 2026-04-01`, '--valid-to --valid-from'],
  [`${holding} --per-charge-max 0`, '--per-charge-max'],
  ['contract end --company x --valid-from 2026-04-01 --valid-to 2026-05-01', '--valid-to'],
  ['key issue --company x --label x --scopes charges:read,all', '--scopes'],
  [`subscriber issue --line CAF0000000001 --name ${'x'.repeat(61)}`, '--name'],
  [
    'company create --code x1 --name a\u0007b --name-en \u202ex --address 東京\n都',
    '--name --name-en --address',
  ],
];

for (const [line, options] of refusedOptions) {
  const args = line.split(' ');
  test(`refuses what was typed for ${options} of "${args.slice(0, 2).join(' ')}" by that name`, async () => {
    const { code, error } = await type(...args);
    assert.equal(code, 1);
    assert.equal((error.match(/--[a-z-]+/g) ?? []).join(' '), options, error);
    assert.doesNotMatch(error, /[a-z][A-Z]/);
  });
}

test('imports a file of lines, tells the rows that were refused, and ends with 1 when there were any', async () => {
  const path = join(folder, 'lines.csv');
  const header = 'line_id,holder,closing_group,status,valid_from,valid_to';
  await writeFile(path, `${header}\nCAF0000000901,甲,5,active,2026-01-01,\nbad,乙,5,active,2026-01-01,\n`);
  const refused = await type('line', 'import', '--file', path);
  assert.deepEqual([refused.code, refused.error], [1, '']);
  assert.match(refused.out, /row 2 \(line 3\): line-id-invalid/);
  const asJson = await type('line', 'import', '--file', path, '--json');
  assert.equal(asJson.code, 1);
  assert.deepEqual(countsOf(asJson.out), { read: 2, added: 0, changed: 0, unchanged: 1, refused: 1 });
  assert.match((await type('line', 'show', '--line', 'CAF0000000901')).out, /2026-01-01 – open: 甲/);
  await writeFile(path, `${header}\nCAF0000000901,甲,5,active,2026-01-01,\n`);
  assert.equal((await type('line', 'import', '--file', path)).code, 0);
  const none = await type('line', 'import', '--file', join(folder, 'none.csv'));
  assert.deepEqual([none.code, none.opened], [1, true]);
  assert.match(none.error, /\[no-such-file\]/);
  const aFolder = await type('line', 'import', '--file', folder);
  assert.equal(aFolder.code, 1);
  assert.match(aFolder.error, /\[no-such-file\]/);
  const audit = sqlOf(world.deps.orm.em.fork()).selectFrom('audit_entry').select(['actor', 'facts']);
  const imports = await audit.where('action', '=', 'line.import').orderBy('id').execute();
  assert.deepEqual(
    imports.map(({ actor, facts }) => [actor, (facts as { refused: number }).refused]),
    [
      ['cli:spec', 1],
      ['cli:spec', 1],
      ['cli:spec', 0],
    ],
  );
});

function countsOf(json: string): object {
  const { read, added, changed, unchanged, refused } = JSON.parse(json) as Record<string, number>;
  return { read, added, changed, unchanged, refused };
}

test('says of an import, in the help too, that refused rows make the exit code 1', async () => {
  for (const args of [['--help'], ['line', 'import', '--help']]) {
    assert.match((await type(...args)).out, /line import.*exit code 1 when rows of it were refused/);
  }
});

test('lists, shows and adds tariffs', async () => {
  assert.match((await type('tariff', 'list')).out, /flets-2012/);
  const path = join(folder, 'tariff.json');
  const definition = {
    setUpMinor: 0,
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

test('as a process it prints, ends by itself and tells by its exit code how it went', async () => {
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
