import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, beforeEach, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { importLines, type ImportLines } from '../../src/line-import/import-lines.ts';
import { Problem } from '../../src/shared/problem.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());
beforeEach(async () => {
  world.clock.set(NOON_IN_TOKYO);
  const sql = sqlOf(world.deps.orm.em.fork());
  await sql.deleteFrom('subscriber').execute();
  await sql.deleteFrom('line_holder').execute();
  await sql.deleteFrom('line').execute();
});

const HEADER = 'line_id,holder,closing_group,status,valid_from,valid_to,birth_date,email';
const A = 'CAF0000000001,東西 花子,31,active,2026-01-01,,1980-02-03,hanako@example.jp';
const B = 'CAF0000000002,南北 太郎,5,active,2026-01-01,,,';
const file = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n');

const importText = (content: string | Buffer, over: Partial<ImportLines> = {}) =>
  importLines(world.deps, staff(), {
    source: Readable.from([Buffer.from(content)]),
    fileName: 'lines.csv',
    ...over,
  });
const counts = ({ read, added, changed, unchanged, refused }: Awaited<ReturnType<typeof importText>>) => ({
  read,
  added,
  changed,
  unchanged,
  refused,
});
const listLines = () =>
  sqlOf(world.deps.orm.em.fork())
    .selectFrom('line')
    .select(['lineId', 'closingGroup', 'status', 'monthlyLimitMinor', 'updatedAt'])
    .orderBy('lineId')
    .execute();
const listTenures = () =>
  sqlOf(world.deps.orm.em.fork())
    .selectFrom('line_holder')
    .select(['lineId', 'validFrom', 'validTo', 'holder', 'birthDate', 'email', 'updatedAt'])
    .orderBy('lineId')
    .orderBy('validFrom')
    .execute();

async function assertRefused(content: string | Buffer, reason: RegExp): Promise<void> {
  await importText(file(B));
  const stored = [await listLines(), await listTenures()];
  await assert.rejects(importText(content), (error) => {
    assert.ok(error instanceof Problem);
    assert.equal(error.code, 'import-refused');
    assert.match(error.message, reason);
    return true;
  });
  assert.deepEqual([await listLines(), await listTenures()], stored);
}

test('stores lines with their holders', async () => {
  const report = await importText(file(A, B.replace(',5,', ',end,')));
  assert.deepEqual(counts(report), { read: 2, added: 2, changed: 0, unchanged: 0, refused: 0 });
  const updatedAt = NOON_IN_TOKYO;
  const active = { status: 'active' as const, monthlyLimitMinor: null, updatedAt };
  assert.deepEqual(await listLines(), [
    { lineId: 'CAF0000000001', closingGroup: 31, ...active },
    { lineId: 'CAF0000000002', closingGroup: 31, ...active },
  ]);
  const [hanako] = await listTenures();
  const person = { holder: '東西 花子', birthDate: '1980-02-03', email: 'hanako@example.jp' };
  assert.deepEqual(hanako, {
    lineId: 'CAF0000000001',
    validFrom: '2026-01-01',
    validTo: null,
    ...person,
    updatedAt,
  });
});

const badRows: [name: string, row: string, code: string][] = [
  ['a missing column', 'CAF0000000003,甲,31,active,2026-01-01,,', 'column-count'],
  ['a column too many', 'CAF0000000003,甲,31,active,2026-01-01,,,,x', 'column-count'],
  ['a line ID of another shape', 'XYZ1,甲,31,active,2026-01-01,,,', 'line-id-invalid'],
  ['no holder', 'CAF0000000003, ,31,active,2026-01-01,,,', 'holder-invalid'],
  ['a holder too long', `CAF0000000003,${'長'.repeat(121)},31,active,2026-01-01,,,`, 'holder-invalid'],
  ['a control character', 'CAF0000000003,甲\u001B[31m,31,active,2026-01-01,,,', 'holder-invalid'],
  ['an unknown closing group', 'CAF0000000003,甲,30,active,2026-01-01,,,', 'closing-group-invalid'],
  ['an unknown status', 'CAF0000000003,甲,31,ACTIVE,2026-01-01,,,', 'status-invalid'],
  ['a date that does not exist', 'CAF0000000003,甲,31,active,2026-02-30,,,', 'valid-from-invalid'],
  ['an end before the beginning', 'CAF0000000003,甲,31,active,2026-01-01,2025-12-31,,', 'valid-to-invalid'],
  ['an end on the first day', 'CAF0000000003,甲,31,active,2026-01-01,2026-01-01,,', 'valid-to-invalid'],
  ['an end that is no date', 'CAF0000000003,甲,31,active,2026-01-01,never,,', 'valid-to-invalid'],
  ['a birth today', 'CAF0000000003,甲,31,active,2026-01-01,,2026-05-10,', 'birth-date-invalid'],
  ['an address without a host', 'CAF0000000003,甲,31,active,2026-01-01,,,hanako', 'email-invalid'],
  ['the same day with another holder', 'CAF0000000001,別人,31,active,2026-01-01,,,', 'contradicts-row'],
];

for (const [name, row, code] of badRows) {
  test(`reports a row with ${name} and imports the others`, async () => {
    const report = await importText(file(A, row, B));
    assert.deepEqual(counts(report), { read: 3, added: 2, changed: 0, unchanged: 0, refused: 1 });
    assert.deepEqual(
      report.errors.map((error) => [error.row, error.line, error.code]),
      [[2, 3, code]],
    );
    assert.equal((await listLines()).length, 2);
  });
}

test('a stray quote affects no other row', async () => {
  const report = await importText(file('CAF0000000003,居酒屋 "月,31,active,2026-01-01,,,', A, B));
  assert.equal(report.added, 3);
  assert.equal((await listTenures())[2]?.holder, '居酒屋 "月');
});

const refusedFiles: [name: string, content: string | Buffer, reason: RegExp][] = [
  ['an empty file', '', /empty/],
  ['a header alone that is cut off', HEADER, /cut off/],
  ['a header with a column missing', `${HEADER.replace('status,', '')}\n`, /lacks status/],
  ['a header with an unknown column', `${HEADER},colour\n`, /unknown/],
  ['a header with a column twice', `${HEADER},email\n`, /twice/],
  ['a file without a header', `${A}\n`, /lacks line_id/],
  ['a last row without its line feed', `${HEADER}\n${A}\n${B}`, /line feed/],
  ['a last row that stops after a few columns', `${HEADER}\n${A}\nCAF0000000003,甲,31\n`, /3 of 8 columns/],
  ['a file cut off in a name of two lines', `${HEADER}\n${A}\nCAF0000000003,"二行\n`, /2 of 8 columns/],
  ['lines that end with CR alone', file(A, B).replaceAll('\n', '\r'), /CR alone/],
  [
    'a line of 70,000 bytes',
    file(A, `CAF0000000003,${'長'.repeat(25_000)},31,active,2026-01-01,,,`),
    /64 KiB/,
  ],
  ['semicolons', file(A).replaceAll(',', ';'), /semicolons/],
  [
    'semicolons between names in quotes',
    `${HEADER.replaceAll(/\w+/g, '"$&"').replaceAll(',', ';')}\n`,
    /semicolons/,
  ],
  ['tabs', file(A).replaceAll(',', '\t'), /tabs/],
  ['UTF-16', Buffer.from(`\uFEFF${file(A)}`, 'utf16le'), /looks like UTF-16LE/],
];

for (const [name, content, reason] of refusedFiles) {
  test(`imports nothing of ${name}`, () => assertRefused(content, reason));
}

test('a file truncated at any byte changes nothing, unless it is cut between two rows', async () => {
  const whole = Buffer.from(file('CAF0000000003,"甲,乙",31,active,2026-01-01,,,'));
  for (let length = 0; length < whole.length; length += 1) {
    const part = whole.subarray(0, length);
    if (part.at(-1) === 0x0a) continue;
    await assert.rejects(importText(part), { code: 'import-refused' });
  }
  assert.deepEqual(await listLines(), []);
});

test('a header alone is a file without lines', async () => {
  assert.deepEqual(counts(await importText(`${HEADER}\n`)), {
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    refused: 0,
  });
});

test('reads a byte order mark, CRLF, columns in another order, empty lines and any split into chunks', async () => {
  const text = [
    '\uFEFFholder,line_id,status,closing_group,valid_to,valid_from',
    '東西,CAF0000000001,active,20,,2026-01-01',
    '',
    '南北,CAF0000000002,active,20,,2026-01-01',
    '',
  ].join('\r\n');
  const bytes = Array.from(Buffer.from(text), (byte) => Buffer.of(byte));
  const report = await importText('', { source: Readable.from(bytes) });
  assert.equal(report.added, 2);
  assert.deepEqual(
    (await listTenures()).map(({ holder }) => holder),
    ['東西', '南北'],
  );
});

test('a name may hold commas, quotes and line breaks, and what looks like a formula is a name', async () => {
  const rows = [
    'CAF0000000001,"東西, ""花子""",31,active,2026-01-01,,,',
    'CAF0000000002,"東西\n商店",31,active,2026-01-01,,,',
    'CAF0000000003,"=cmd|\'/c calc\'!A1",31,active,2026-01-01,,,',
    "CAF0000000004,'; DROP TABLE line; --,31,active,2026-01-01,,,",
    'bad,甲,31,active,2026-01-01,,,',
  ];
  const report = await importText(file(...rows));
  assert.deepEqual(
    (await listTenures()).map(({ holder }) => holder),
    ['東西, "花子"', '東西 商店', "=cmd|'/c calc'!A1", "'; DROP TABLE line; --"],
  );
  // One line further down than its row number, because a name spans two lines.
  assert.deepEqual(
    report.errors.map(({ row, line }) => [row, line]),
    [[5, 7]],
  );
});

test('importing the same file again changes nothing, not even the time of the last change', async () => {
  await importText(file(A, B));
  const stored = [await listLines(), await listTenures()];
  world.clock.advance(3_600_000);
  assert.deepEqual(counts(await importText(file(A, B))), {
    read: 2,
    added: 0,
    changed: 0,
    unchanged: 2,
    refused: 0,
  });
  assert.deepEqual([await listLines(), await listTenures()], stored);
});

test('a change of one line does not change the others, and a missing line stays', async () => {
  await importText(file(A, B));
  world.clock.advance(3_600_000);
  const report = await importText(file(A.replace(',31,active', ',25,suspended')));
  assert.deepEqual(counts(report), { read: 1, added: 0, changed: 1, unchanged: 0, refused: 0 });
  const [first, second] = await listLines();
  assert.deepEqual([first?.closingGroup, first?.status, second?.closingGroup], [25, 'suspended', 5]);
  assert.deepEqual(second?.updatedAt, NOON_IN_TOKYO);
});

test('a change of holder in mid-month closes the former tenure and keeps its issued IDs', async () => {
  const line = await makeLine(world.deps, { lineId: 'CAF0000000001', monthlyLimitMinor: 5_000n });
  const subscriber = await makeSubscriber(world.deps, { lineId: line.lineId });
  const report = await importText(file('CAF0000000001,新名義,31,active,2026-05-15,,,'));
  assert.deepEqual(counts(report), { read: 1, added: 1, changed: 0, unchanged: 0, refused: 0 });
  assert.deepEqual(
    (await listTenures()).map(({ validFrom, validTo }) => [validFrom, validTo]),
    [
      ['2026-01-01', '2026-05-15'],
      ['2026-05-15', null],
    ],
  );
  const [stored] = await sqlOf(world.deps.orm.em.fork()).selectFrom('subscriber').selectAll().execute();
  assert.deepEqual([stored?.id, stored?.holderFrom], [subscriber.id, '2026-01-01']);
  assert.equal((await listLines())[0]?.monthlyLimitMinor, 5_000n);
});

const otherRow = (index: number) => `CAF${String(index + 10).padStart(10, '0')},甲,31,active,2026-01-01,,,`;

test('rows of a line may be apart, in different chunks of the file', async () => {
  const rows = Array.from({ length: 4_500 }, (_, index) => otherRow(index));
  const late = 'CAF0000000001,新名義,10,active,2026-05-01,,,';
  const report = await importText(file(late, ...rows, A, A.replace('花子', '花')));
  assert.deepEqual(counts(report), { read: 4_503, added: 4_502, changed: 0, unchanged: 0, refused: 1 });
  assert.deepEqual(
    report.errors.map(({ row, code }) => [row, code]),
    [[4_503, 'contradicts-row']],
  );
  const [line] = await listLines();
  assert.equal(line?.closingGroup, 10);
});

test('lists every refused row in a file, where formulas are only text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
  const errorsPath = join(folder, 'errors.csv');
  const rows = Array.from({ length: 1_200 }, () => '=1+1,甲,31,active,2026-01-01,,,');
  const report = await importText(file(A, ...rows, B), { errorsPath });
  assert.deepEqual([report.refused, report.errors.length], [1_200, 1_000]);
  const lines = (await readFile(errorsPath, 'utf8')).trimEnd().split('\n');
  assert.equal(lines.length, 1_201);
  assert.equal(lines[1], '2,3,line-id-invalid,"line_id ""=1+1"" is not one of ours"');
  await rm(folder, { recursive: true });
});

test('an import that is interrupted between two chunks and run again has the same result', async () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, index) => `CAF${String(index).padStart(10, '0')},甲${index},31,active,2026-01-01,,,`,
  );
  let chunks = 0;
  const cutOff: ImportLines['inChunk'] = (work) => {
    chunks += 1;
    if (chunks === 2) return Promise.reject(new Error('cut off'));
    return world.deps.orm.em.fork().transactional((em) => work({ ...world.deps, em }));
  };
  await assert.rejects(importText(file(...rows), { inChunk: cutOff }), /cut off/);
  const stored = (await listLines()).length;
  assert.ok(stored > 0 && stored < 5_000);
  const report = await importText(file(...rows));
  assert.deepEqual(counts(report), {
    read: 5_000,
    added: 5_000 - stored,
    changed: 0,
    unchanged: stored,
    refused: 0,
  });
  assert.equal((await listTenures()).length, 5_000);
});

test('two simultaneous imports of one file have the result of one', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, index) => `CAF${String(index).padStart(10, '0')},甲${index},31,active,2026-01-01,,,`,
  );
  const [first, second] = await Promise.all([importText(file(...rows)), importText(file(...rows))]);
  assert.equal(first.refused + second.refused, 0);
  assert.equal(first.added + second.added, 300);
  assert.equal(first.unchanged + second.unchanged, 300);
});

test('50,000 rows, sorted on disk, are all stored', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
  const path = join(folder, 'lines.csv');
  const rows = Array.from(
    { length: 50_000 },
    (_, index) =>
      `CAF${String((index * 7919) % 50_000).padStart(10, '0')},株式会社見本${index},15,active,2026-01-01,,1980-02-03,user${index}@example.jp`,
  );
  await writeFile(path, file(...rows));
  const startedMs = performance.now();
  const report = await importText('', { source: path });
  context.diagnostic(`${Math.round(report.read / ((performance.now() - startedMs) / 1000))} rows/s`);
  assert.equal(report.added, 50_000);
  await rm(folder, { recursive: true });
});
