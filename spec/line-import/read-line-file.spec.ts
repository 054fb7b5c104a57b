import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StatedEncoding } from '../../src/line-import/file-encoding.rules.ts';
import type { LineRow } from '../../src/line-import/line-row.rules.ts';
import { LineFileReader, type RowError } from '../../src/line-import/read-line-file.ts';

const HEADER = 'line_id,holder,closing_group,status,valid_from,valid_to,birth_date,email';
const rules = { lineIdPattern: /^(CAF\d{10}|COP\d{8})$/, businessDate: '2026-05-10' };

/** A good row; the name as it is written in the file. */
const row = (number: number, name = '甲'): string => `CAF${idOf(number)},${name},31,active,2026-01-01,,,`;
const idOf = (number: number): string => String(number).padStart(10, '0');
const fileOf = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n');

interface Read {
  readonly rows: LineRow[];
  readonly errors: RowError[];
  readonly read: number;
}

async function read(
  file: string | Buffer,
  { pieceBytes = 1 << 20, encoding }: { pieceBytes?: number; encoding?: StatedEncoding } = {},
): Promise<Read> {
  const bytes = Buffer.from(file);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  const reader = new LineFileReader({ ...rules, encoding });
  const [rows, errors]: [LineRow[], RowError[]] = [[], []];
  for await (const batch of reader.read(Readable.from(pieces))) {
    rows.push(...batch.rows);
    errors.push(...batch.errors);
  }
  return { rows, errors, read: reader.rowCount };
}

/** Lines of the file that were accepted and refused, for blocks of any size. */
async function account(file: string): Promise<{ taken: number[]; refused: [number, string][] }> {
  const [whole, byByte] = [await read(file), await read(file, { pieceBytes: 1 })];
  assert.deepEqual(byByte, whole);
  assert.equal(whole.read, whole.rows.length + whole.errors.length);
  return {
    taken: whole.rows.map(({ line }) => line),
    refused: whole.errors.map(({ line, code }) => [line, code]),
  };
}

const stray: [name: string, rows: string[], taken: number[], refused: [number, string][]][] = [
  [
    'at the beginning of a name',
    [row(1), row(2, '"甲'), row(3), row(4), row(5)],
    [2, 4, 5, 6],
    [[3, 'quote-stray']],
  ],
  ['at the beginning of a row', [row(1), `"${row(2)}`, row(3)], [2, 4], [[3, 'quote-stray']]],
  ['at the end of a row', [row(1), `${row(2)}"`, row(3)], [2, 4], [[3, 'quote-stray']]],
  ['in the last row', [row(1), row(2), row(3, '"甲')], [2, 3], [[4, 'quote-stray']]],
  ['in the first row', [row(1, '"甲'), row(2), row(3)], [3, 4], [[2, 'quote-stray']]],
  [
    'in every row',
    [row(1, '"甲'), row(2, '"甲'), row(3, '"甲')],
    [],
    [
      [2, 'quote-stray'],
      [3, 'quote-stray'],
      [4, 'quote-stray'],
    ],
  ],
  [
    'closed by one in another row',
    [row(1, '"甲'), row(2), row(3, '乙"'), row(4)],
    [3, 4, 5],
    [[2, 'quote-stray']],
  ],
  ['closed by one in the next row', [row(1, '"甲'), row(2, '乙"'), row(3)], [3, 4], [[2, 'quote-stray']]],
  [
    'closed at the end of another row, as a field with all between',
    [row(1, '"甲'), row(2), `${row(3)}"`, row(4)],
    [3, 5],
    [
      [2, 'quote-stray'],
      [4, 'quote-stray'],
    ],
  ],
  [
    'before a row with a quoted name',
    [row(1, '"甲'), row(2, '"乙, 丙"'), row(3)],
    [3, 4],
    [[2, 'quote-stray']],
  ],
  [
    'before a row with an empty quoted field',
    [row(1, '"甲'), row(2).replace(/,$/, ',""'), row(3)],
    [3, 4],
    [[2, 'quote-stray']],
  ],
  ['behind which its field ends in a letter', [row(1, '"甲"乙'), row(2)], [3], [[2, 'quote-stray']]],
  [
    'before a row that is refused too',
    [row(1, '"甲'), 'X,乙",31', row(2)],
    [4],
    [
      [2, 'quote-stray'],
      [3, 'column-count'],
    ],
  ],
  [
    'with nothing but short lines behind it',
    [row(1, '"甲'), 'x', 'y', row(2)],
    [5],
    [
      [2, 'quote-stray'],
      [3, 'column-count'],
      [4, 'column-count'],
    ],
  ],
  ['within a name, where it is a letter', [row(1, '居酒屋 "月'), row(2, '月"'), row(3)], [2, 3, 4], []],
];

for (const [name, rows, taken, refused] of stray) {
  test(`a stray quote ${name} affects its own row only`, async () => {
    for (const end of ['\n', '\r\n']) {
      assert.deepEqual(await account(fileOf(...rows).replaceAll('\n', end)), { taken, refused });
    }
  });
}

const broken: [name: string, file: string, names: string[], lines: number[]][] = [
  ['a name over two lines', fileOf(row(1, '"東西\n商店"'), row(2)), ['東西 商店', '甲'], [2, 4]],
  ['a name over three lines', fileOf(row(1, '"東西\n\n商店"'), row(2)), ['東西 商店', '甲'], [2, 5]],
  [
    'commas on both lines',
    fileOf(row(1, '"東西, 商店\n二階, 奥"'), row(2)),
    ['東西, 商店 二階, 奥', '甲'],
    [2, 4],
  ],
  ['quotes in quotes', fileOf(row(1, '"東西 ""花\n子"""'), row(2)), ['東西 "花 子"', '甲'], [2, 4]],
  [
    'the name in the first column',
    `holder,line_id,closing_group,status,valid_from,valid_to\n"東西\n商店",CAF${idOf(1)},31,active,2026-01-01,\n`,
    ['東西 商店'],
    [2],
  ],
  [
    'the name in the last column',
    `line_id,closing_group,status,valid_from,valid_to,holder\nCAF${idOf(1)},31,active,2026-01-01,,"東西\n商店"\n`,
    ['東西 商店'],
    [2],
  ],
  [
    'every field in quotes',
    fileOf(row(1).replaceAll(/[^,]+/g, '"$&"'), row(2, '"東西"')),
    ['甲', '東西'],
    [2, 3],
  ],
  [
    'line ends of both kinds',
    fileOf(row(1), `${row(2, '"東西\r\n商店"')}\r`, '', '\r', row(3)),
    ['甲', '東西 商店', '甲'],
    [2, 3, 7],
  ],
];

for (const [name, file, names, lines] of broken) {
  test(`accepts quoted fields that are closed: ${name}`, async () => {
    const { rows, errors } = await read(file);
    assert.deepEqual(errors, []);
    assert.deepEqual(
      rows.map(({ holder }) => holder),
      names,
    );
    assert.deepEqual(await account(file), { taken: lines, refused: [] });
  });
}

test('for any quotes, a row without one is accepted, and every line of the file is accepted or refused', async () => {
  const name = fc.constantFrom(
    '甲',
    '甲',
    '甲',
    '"甲',
    '甲"',
    '"甲"',
    '"甲, 乙"',
    '"甲"乙',
    '甲"乙',
    '"',
    '""',
    '"甲""',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 12 }), async (names) => {
      const file = fileOf(...names.map((one, index) => row(index + 1, one)));
      const { taken, refused } = await account(file);
      const lines = [...taken, ...refused.map(([line]) => line)].sort((a, b) => a - b);
      assert.deepEqual(
        lines,
        names.map((_, index) => index + 2),
      );
      names.forEach((one, index) => {
        if (one === '甲' || one === '"甲"') assert.ok(taken.includes(index + 2), `line ${index + 2}`);
      });
    }),
    { numRuns: 300 },
  );
});

test('a file of stray quotes is read once, without scanning the rest of the file for each', async () => {
  const file = fileOf(...Array.from({ length: 20_000 }, (_, index) => `${row(index, '"甲')}\n"\n"x`), row(1));
  const startedMs = performance.now();
  const { errors } = await read(file);
  assert.equal(errors.length, 60_000);
  assert.ok(performance.now() - startedMs < 20_000);
});

test('dates may be written with slashes, and far years mean no end', async () => {
  const to = (validTo: string) => row(1).replace('2026-01-01,', `2026/1/1,${validTo}`);
  for (const end of ['', '9999-12-31', '2999-12-31', '9999/12/31', '2999/01/01']) {
    const { rows } = await read(fileOf(to(end)));
    assert.deepEqual(
      rows.map(({ validFrom, validTo }) => [validFrom, validTo]),
      [['2026-01-01', null]],
      end,
    );
  }
  const { rows } = await read(fileOf(to('2998/12/31')));
  assert.equal(rows[0]?.validTo, '2998-12-31');
  for (const [end, code] of [
    ['9999-99-99', 'valid-to-invalid'],
    ['2026/02/30', 'valid-to-invalid'],
    ['2026.12.31', 'valid-to-invalid'],
    ['26/12/31', 'valid-to-invalid'],
    ['-', 'valid-to-invalid'],
  ] as const) {
    assert.deepEqual(
      (await read(fileOf(to(end)))).errors.map((error) => error.code),
      [code],
      end,
    );
  }
  const never = await read(fileOf(row(1).replace('2026-01-01', '9999-12-31')));
  assert.deepEqual(
    never.errors.map(({ code }) => code),
    ['valid-from-invalid'],
  );
});

test('an empty birth date or address changes nothing, and a dash clears it', async () => {
  const { rows } = await read(fileOf(row(1), `${row(2).slice(0, -1)}-,-`));
  assert.deepEqual(
    rows.map(({ birthDate, email }) => [birthDate, email]),
    [
      [undefined, undefined],
      [null, null],
    ],
  );
});
