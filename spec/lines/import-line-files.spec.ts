import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { importLineFiles } from '../../src/lines/import-line-files.ts';
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

test('an empty inbox is nothing to do', async () => {
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

test('a file of the same name on the same day does not replace the one that was done', async () => {
  await put('a-lines.csv', row(5));
  await rm(join(filesDir, 'lines', 'inbox', 'd-coming.csv.part'));
  await writeFile(join(filesDir, 'lines', 'done', '2026-05-09-a-lines.csv'), 'earlier');
  await run('2026-05-09');
  const done = await list('done');
  assert.ok(done.includes('2026-05-09-a-lines.csv.2'));
  assert.equal(await readFile(join(filesDir, 'lines', 'done', '2026-05-09-a-lines.csv'), 'utf8'), 'earlier');
});
