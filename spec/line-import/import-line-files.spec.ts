import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { importLineFiles } from '../../src/line-import/import-line-files.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let filesDir: string;
before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
  world = await createWorld({ FILES_DIR: filesDir });
  await mkdir(join(filesDir, 'lines', 'inbox'), { recursive: true });
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const HEADER = 'line_id,holder,closing_group,status,valid_from,valid_to';
const row = (index: number, group = '31'): string =>
  `CAF${String(index).padStart(10, '0')},甲,${group},active,2026-01-01,`;
const put = (name: string, ...rows: string[]) =>
  writeFile(join(filesDir, 'lines', 'inbox', name), [HEADER, ...rows, ''].join('\n'));
const list = (folder: string) => readdir(join(filesDir, 'lines', folder));
const run = (businessDate: string) =>
  executeRun(world.deps, { job: 'import-lines', businessDate }, importLineFiles);

test('does nothing with an empty inbox', async () => {
  const outcome = await run('2026-05-07');
  assert.equal(outcome.kind, 'finished');
  assert.deepEqual(outcome.kind === 'finished' && outcome.counts, {
    expected: 0,
    done: 0,
    skipped: 0,
    parked: 0,
  });
});

test('imports the files of the inbox, parks what is wrong and moves the files away', async () => {
  await put('b-changes.csv', row(1, '5'), row(2));
  await put('a-lines.csv', row(1), row(2), row(3, '7'));
  await writeFile(join(filesDir, 'lines', 'inbox', 'c-cut.csv'), `${HEADER}\n${row(9)}`);
  await put('d-coming.csv.part', row(4));
  const outcome = await run('2026-05-08');
  assert.ok(outcome.kind === 'finished');
  assert.deepEqual(outcome.counts, { expected: 6, done: 3, skipped: 1, parked: 2 });
  assert.deepEqual(await list('inbox'), ['d-coming.csv.part']);
  assert.deepEqual(await list('done'), ['2026-05-08-a-lines.csv', '2026-05-08-b-changes.csv']);
  assert.deepEqual(await list('refused'), ['2026-05-08-c-cut.csv']);
  assert.deepEqual(await list('errors'), ['2026-05-08-a-lines.csv']);
  assert.match(
    await readFile(join(filesDir, 'lines', 'errors', '2026-05-08-a-lines.csv'), 'utf8'),
    /^3,4,closing-group/m,
  );
  const sql = sqlOf(world.deps.orm.em.fork());
  const parked = await sql.selectFrom('parked').select(['subject', 'reason']).orderBy('subject').execute();
  assert.deepEqual(
    parked.map(({ subject }) => subject),
    ['a-lines:row 3', 'c-cut'],
  );
  assert.match(parked[1]?.reason ?? '', /cut off/);
  const lines = await sql.selectFrom('line').select(['lineId', 'closingGroup']).orderBy('lineId').execute();
  assert.deepEqual(
    lines.map(({ closingGroup }) => closingGroup),
    [5, 31],
  );
});

test('a file of the same name on the same day does not replace the archived one', async () => {
  await put('a-lines.csv', row(5));
  await rm(join(filesDir, 'lines', 'inbox', 'd-coming.csv.part'));
  await writeFile(join(filesDir, 'lines', 'done', '2026-05-09-a-lines.csv'), 'earlier');
  await run('2026-05-09');
  const done = await list('done');
  assert.ok(done.includes('2026-05-09-a-lines.csv.2'));
  assert.equal(await readFile(join(filesDir, 'lines', 'done', '2026-05-09-a-lines.csv'), 'utf8'), 'earlier');
});

const parkedOn = (businessDate: string) =>
  sqlOf(world.deps.orm.em.fork())
    .selectFrom('parked')
    .select(['subject', 'reason'])
    .where('businessDate', '=', businessDate)
    .orderBy('subject')
    .execute();
const inInbox = (name: string) => join(filesDir, 'lines', 'inbox', name);

test('an unreadable file stays, is parked with its reason, and stops no other', async () => {
  await symlink('/nowhere/at/all', inInbox('a-dangling.csv'));
  await symlink(inInbox('b-loop.csv'), inInbox('b-loop.csv'));
  await mkdir(inInbox('c-folder.csv'));
  execFileSync('mkfifo', [inInbox('d-pipe.csv')]);
  // Root can read every file; of this one even root cannot read the first byte.
  await symlink('/proc/self/mem', inInbox('e-broken.csv'));
  await put('f-lines.csv', row(11));
  await put('G-LINES.CSV', row(12));
  await put('h-lines.Csv', row(13));
  const outcome = await run('2026-05-01');
  assert.ok(outcome.kind === 'finished');
  assert.deepEqual(outcome.counts, { expected: 8, done: 3, skipped: 0, parked: 5 });
  assert.deepEqual(await parkedOn('2026-05-01'), [
    { subject: 'a-dangling', reason: 'cannot be opened: it is gone, or a link that leads nowhere' },
    { subject: 'b-loop', reason: 'cannot be opened: it is a link that leads to itself' },
    { subject: 'c-folder', reason: 'is not a file' },
    { subject: 'd-pipe', reason: 'is not a file' },
    { subject: 'e-broken', reason: 'cannot be read: EIO' },
  ]);
  const left = ['a-dangling.csv', 'b-loop.csv', 'c-folder.csv', 'd-pipe.csv', 'e-broken.csv'];
  assert.deepEqual([await list('inbox'), outcome.facts['leftovers']], [left, 5]);
  for (const name of left) await rm(inInbox(name), { recursive: true });
});

test('names and counts what is not a line file, and does not move it', async () => {
  for (const name of ['lines.txt', '.hidden.csv', 'lines.csv.part', '変更.xlsx'])
    await writeFile(inInbox(name), 'x');
  await mkdir(inInbox('folder'));
  const outcome = await run('2026-05-02');
  assert.ok(outcome.kind === 'finished');
  const names = ['.hidden.csv', 'folder', 'lines.csv.part', 'lines.txt', '変更.xlsx'];
  assert.deepEqual([outcome.facts['leftovers'], outcome.facts['leftoverNames']], [5, names]);
  assert.deepEqual(outcome.counts.parked, 0);
  for (const name of names) await rm(inInbox(name), { recursive: true });
});

test('files with Japanese, long or similar names are parked under different subjects', async () => {
  const names = [
    '東京.csv',
    '大阪.csv',
    `${'長'.repeat(80)}1.csv`,
    `${'長'.repeat(80)}2.csv`,
    'x.csv',
    'X.CSV',
    'x.CSV',
  ];
  for (const name of names) await writeFile(inInbox(name), 'broken');
  const outcome = await run('2026-05-03');
  assert.ok(outcome.kind === 'finished');
  assert.equal(outcome.counts.parked, names.length);
  const parked = await parkedOn('2026-05-03');
  assert.equal(parked.length, names.length);
  for (const { subject } of parked) assert.match(subject, /^[!-~]{1,64}$/);
  assert.deepEqual(await list('inbox'), []);
  const refused = (await list('refused')).filter((name) => name.startsWith('2026-05-03-'));
  assert.equal(refused.length, names.length);
});

test('the errors of two files of one name on one day are both kept, under the names of the files', async () => {
  for (const group of ['6', '7']) {
    await put('same.csv', row(20, group), row(21));
    await run(group === '6' ? '2026-04-28' : '2026-04-29');
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('run')
      .set({ businessDate: '2026-04-01' })
      .where('businessDate', '=', '2026-04-28')
      .execute();
  }
  await put('same.csv', row(20, '8'), row(21));
  await run('2026-04-28');
  const errors = (await list('errors')).filter((name) => name.includes('same')).sort();
  assert.deepEqual(errors, ['2026-04-28-same.csv', '2026-04-28-same.csv.2', '2026-04-29-same.csv']);
  const texts = await Promise.all(
    errors.map((name) => readFile(join(filesDir, 'lines', 'errors', name), 'utf8')),
  );
  assert.deepEqual(
    texts.map((text) => /closing_group ""(\d)""/.exec(text)?.[1]),
    ['6', '8', '7'],
  );
  const done = (await list('done')).filter((name) => name.includes('same')).sort();
  assert.deepEqual(done, errors);
});

test('logs in one line without names what a file ends', async () => {
  const said: string[] = [];
  await put('ends.csv', row(11).replace('甲', '乙').replace('2026-01-01', '2026-05-01'));
  const progress = { advance: () => {}, report: (line: string) => said.push(line) };
  await executeRun(
    world.deps,
    { job: 'import-lines', businessDate: '2026-04-30', progress },
    importLineFiles,
  );
  assert.deepEqual(said, [
    'ends.csv: 1 rows, 1 added, 0 changed, 0 unchanged, 0 refused; ends 1 tenure: nothing',
  ]);
});

test('reads the inbox in the encoding of the setting', async () => {
  const shiftJis = Buffer.concat([Buffer.from(`${HEADER}\nCAF0000000031,`), Buffer.from('938c90bc', 'hex')]);
  const bytes = Buffer.concat([shiftJis, Buffer.from(',31,active,2026-01-01,\n')]);
  await writeFile(inInbox('sjis.csv'), bytes);
  const config = { ...world.config, lineFileEncoding: 'shift_jis' };
  await executeRun(
    { ...world.deps, config },
    { job: 'import-lines', businessDate: '2026-04-20' },
    importLineFiles,
  );
  const holder = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('line_holder')
    .select('holder')
    .where('lineId', '=', 'CAF0000000031')
    .executeTakeFirst();
  assert.equal(holder?.holder, '東西');
});
