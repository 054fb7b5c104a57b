import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { parseEncoding, type StatedEncoding } from '../../src/line-import/file-encoding.rules.ts';
import { LineFileReader } from '../../src/line-import/read-line-file.ts';

const HEADER = 'line_id,holder,closing_group,status,valid_from,valid_to';
const rules = { lineIdPattern: /^CAF\d{10}$/, businessDate: '2026-05-10' };

/** A file of names, each as bytes in any encoding. */
function fileOf(...names: (string | Buffer)[]): Buffer {
  const rows = names.flatMap((name, index) => [
    Buffer.from(`CAF${String(index).padStart(10, '0')},`),
    Buffer.from(name),
    Buffer.from(',31,active,2026-01-01,\n'),
  ]);
  return Buffer.concat([Buffer.from(`${HEADER}\n`), ...rows]);
}

async function readNames(file: Buffer, encoding?: StatedEncoding, pieceBytes = 5): Promise<string[]> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) pieces.push(file.subarray(at, at + pieceBytes));
  const names: string[] = [];
  const reader = new LineFileReader({ ...rules, encoding });
  for await (const { rows, errors } of reader.read(Readable.from(pieces))) {
    assert.deepEqual(errors, []);
    names.push(...rows.map(({ holder }) => holder));
  }
  return names;
}

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const text = fileOf('東西 花子', '𠮷田').toString();
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** 東西, half-width ﾄｳｻﾞｲ, and ①髙﨑～ of CP932. */
const shiftJis = fileOf(bytes('938c90bc'), bytes('c4b3bbdeb2'), bytes('8740fbfcfab18160'));
const eucJp = fileOf(bytes('c5ecc0be'), bytes('a4cfa4caa4b3'));
/** ﾐｱ ﾅｲ in Shift_JIS, which is б Ų in UTF-8. */
const disguised = fileOf(bytes('d0b120c5b2'), 'ABC');

const readable: [name: string, file: Buffer, encoding: StatedEncoding, names: string[]][] = [
  ['UTF-8', fileOf('東西 花子'), undefined, ['東西 花子']],
  ['UTF-8 with its mark', Buffer.concat([bytes('efbbbf'), fileOf('東西')]), undefined, ['東西']],
  ['ASCII, whatever is stated', fileOf('ABC'), 'shift_jis', ['ABC']],
  ['ASCII', fileOf('ABC'), undefined, ['ABC']],
  ['Shift_JIS, with letters of CP932', shiftJis, 'shift_jis', ['東西', 'ﾄｳｻﾞｲ', '①髙﨑～']],
  ['EUC-JP', eucJp, 'euc-jp', ['東西', 'はなこ']],
  ['UTF-16LE with its mark', utf16le(`\uFEFF${text}`), 'utf-16', ['東西 花子', '𠮷田']],
  ['UTF-16BE with its mark', utf16be(`\uFEFF${text}`), 'utf-16', ['東西 花子', '𠮷田']],
  ['UTF-16LE without a mark', utf16le(text), 'utf-16', ['東西 花子', '𠮷田']],
  ['UTF-16BE without a mark', utf16be(text), 'utf-16be', ['東西 花子', '𠮷田']],
  ['half-width kana that are UTF-8 by accident', disguised, 'shift_jis', ['ﾐｱ ﾅｲ', 'ABC']],
  ['rare letters that somebody says are UTF-8', disguised, 'utf-8', ['б Ų', 'ABC']],
  [
    'letters with accents in names of ASCII',
    fileOf('José', 'Zoë Ünal', 'Łąka'),
    undefined,
    ['José', 'Zoë Ünal', 'Łąka'],
  ],
  ['Cyrillic names', fileOf('Иван Петров'), undefined, ['Иван Петров']],
];

for (const [name, file, encoding, names] of readable) {
  test(`reads ${name}, in pieces of any size`, async () => {
    for (const size of [1, 5, 1 << 20]) assert.deepEqual(await readNames(file, encoding, size), names);
  });
}

const refused: [name: string, file: Buffer, encoding: StatedEncoding, reason: RegExp][] = [
  ['Shift_JIS', shiftJis, undefined, /not UTF-8, it looks like Shift_JIS \(state --encoding shift_jis/],
  [
    'one row of Shift_JIS behind ASCII',
    fileOf('ABC', 'DEF', bytes('938c90bc')),
    undefined,
    /looks like Shift_JIS/,
  ],
  ['half-width kana', fileOf(bytes('c4b3bbdeb2')), undefined, /looks like Shift_JIS/],
  ['half-width kana that are UTF-8 by accident', disguised, undefined, /half-width kana of Shift_JIS/],
  [
    'the same with others that are not',
    fileOf(bytes('d0b1'), bytes('c4b3bb')),
    undefined,
    /looks like Shift_JIS/,
  ],
  ['EUC-JP', eucJp, undefined, /looks like EUC-JP \(state --encoding euc-jp/],
  ['UTF-16LE with its mark', utf16le(`\uFEFF${text}`), undefined, /looks like UTF-16LE/],
  ['UTF-16BE with its mark', utf16be(`\uFEFF${text}`), undefined, /looks like UTF-16BE/],
  ['UTF-16LE without a mark', utf16le(text), undefined, /looks like UTF-16LE/],
  ['UTF-16BE without a mark', utf16be(text), undefined, /looks like UTF-16BE/],
  [
    'UTF-8 with one damaged name',
    fileOf('東西', bytes('e69db1e8'), '南北'),
    undefined,
    /line 3 holds bytes that are not UTF-8/,
  ],
  [
    'a row of Shift_JIS among UTF-8',
    fileOf('東西 花子', bytes('938c90bc'), '南北 太郎'),
    undefined,
    /line 3 holds bytes/,
  ],
  [
    'UTF-8 as Shift_JIS',
    fileOf('東西 花子', '南北'),
    'shift_jis',
    /not Shift_JIS as stated, it looks like UTF-8/,
  ],
  ['UTF-8 as EUC-JP', fileOf('東西 花子', '南北'), 'euc-jp', /not EUC-JP as stated, it looks like UTF-8/],
  ['EUC-JP as Shift_JIS', eucJp, 'shift_jis', /not Shift_JIS as stated, it looks like EUC-JP/],
  ['Shift_JIS as EUC-JP', shiftJis, 'euc-jp', /not EUC-JP as stated, it looks like Shift_JIS/],
  ['Shift_JIS as UTF-8', shiftJis, 'utf-8', /not UTF-8, it looks like Shift_JIS/],
  ['UTF-8 as UTF-16', fileOf('東西'), 'utf-16', /not UTF-16 as stated/],
  ['UTF-16BE as UTF-16LE', utf16be(text), 'utf-16le', /not UTF-16LE as stated, it looks like UTF-16BE/],
  ['UTF-16 as Shift_JIS', utf16le(text), 'shift_jis', /not Shift_JIS as stated, it looks like UTF-16LE/],
  [
    'half a letter of UTF-16 at the end',
    Buffer.concat([utf16le(text), bytes('41')]),
    'utf-16le',
    /not UTF-16LE as stated/,
  ],
  ['UTF-8 cut off in a character', fileOf('東西').subarray(0, -26), undefined, /cut off/],
];

for (const [name, file, encoding, reason] of refused) {
  test(`refuses ${name} as a whole, with the reason`, async () => {
    for (const size of [1, 5, 1 << 20])
      await assert.rejects(readNames(file, encoding, size), { code: 'import-refused', message: reason });
  });
}

test('accepts the names that people use for encodings', () => {
  const names = ['UTF-8', 'CP932', 'Shift_JIS', 'Windows-31J', 'EUC-JP', 'utf-16LE', 'latin1', ''];
  const expected = [
    'utf-8',
    'shift_jis',
    'shift_jis',
    'shift_jis',
    'euc-jp',
    'utf-16le',
    undefined,
    undefined,
  ];
  assert.deepEqual(names.map(parseEncoding), expected);
});
