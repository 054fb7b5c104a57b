import { Buffer } from 'node:buffer';
import type { Random } from '../../../batch/demo/random.ts';
import { encodeJapanese } from './encode.ts';

export interface Mutation {
  readonly name: string;
  readonly spoil: (file: Buffer, random: Random) => Buffer;
}

/** Bytes with a meaning in CSV or UTF-8. */
const speaking = [
  0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20, 0x22, 0x27, 0x2c, 0x3b, 0x5c, 0x7f, 0x80, 0xc0, 0xed, 0xef, 0xf5, 0xff,
];

/** All mutations of a file. */
export const mutations: readonly Mutation[] = [
  {
    name: 'a bit flipped',
    spoil: (file, random) => edit(file, random, (byte) => byte ^ (1 << random.below(8))),
  },
  { name: 'a byte replaced', spoil: (file, random) => edit(file, random, () => random.pick(speaking)) },
  {
    name: 'a byte put in',
    spoil: (file, random) => insert(file, random, Buffer.from([random.pick(speaking)])),
  },
  { name: 'a byte taken out', spoil: (file, random) => removeFrom(file, random.below(file.length), 1) },
  {
    name: 'a stretch taken out',
    spoil: (file, random) => removeFrom(file, random.below(file.length), random.between(1, 80)),
  },
  { name: 'a stretch repeated', spoil: repeatStretch },
  {
    name: 'a stretch of zeroes',
    spoil: (file, random) => insert(file, random, Buffer.alloc(random.between(1, 64))),
  },
  {
    name: 'a long field',
    spoil: (file, random) => insert(file, random, Buffer.alloc(random.pick([200, 70_000]), 'x')),
  },
  { name: 'cut off', spoil: (file, random) => file.subarray(0, random.below(file.length)) },
  { name: 'lines in another order', spoil: (file, random) => joinLines(random.shuffle(linesOf(file))) },
  {
    name: 'a line repeated',
    spoil: (file, random) => onLines(file, random, (lines, at) => lines.toSpliced(at, 0, lines[at]!)),
  },
  {
    name: 'a line taken out',
    spoil: (file, random) => onLines(file, random, (lines, at) => lines.toSpliced(at, 1)),
  },
  {
    name: 'an empty line put in',
    spoil: (file, random) => onLines(file, random, (lines, at) => lines.toSpliced(at, 0, Buffer.alloc(0))),
  },
  {
    name: 'another line end',
    spoil: (file, random) =>
      Buffer.from(file.toString().replaceAll('\n', random.pick(['\r\n', '\r', '\n\r', '\u2028']))),
  },
  { name: 'a byte order mark', spoil: (file) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), file]) },
  { name: 'stray quotes', spoil: strayQuotes },
  {
    name: 'a stray quote in every row',
    spoil: (file, random) =>
      Buffer.from(file.toString().replaceAll(/(?<=\n[^,\n]*,)(?=[^\n])/g, random.pick(['"', '""', '"x"']))),
  },
  { name: 'UTF-16', spoil: (file) => Buffer.from(file.toString(), 'utf16le') },
  { name: 'UTF-16 with its mark', spoil: (file) => Buffer.from(`\uFEFF${file.toString()}`, 'utf16le') },
  { name: 'UTF-16BE', spoil: (file) => Buffer.from(file.toString(), 'utf16le').swap16() },
  { name: 'Shift_JIS', spoil: (file) => encodeJapanese(file.toString(), 'shift_jis') },
  { name: 'EUC-JP', spoil: (file) => encodeJapanese(file.toString(), 'euc-jp') },
  {
    name: 'one row in Shift_JIS',
    spoil: (file, random) =>
      onLines(file, random, (lines, at) =>
        lines.with(at, encodeJapanese(lines[at]!.toString(), 'shift_jis')),
      ),
  },
  {
    name: 'another separator',
    spoil: (file, random) => Buffer.from(file.toString().replaceAll(',', random.pick([';', '\t', '|']))),
  },
  { name: 'Latin-1', spoil: (file) => Buffer.from(file.toString(), 'latin1') },
  { name: 'twice over', spoil: (file) => Buffer.concat([file, file]) },
  {
    name: 'bytes behind its end',
    spoil: (file, random) =>
      Buffer.concat([file, Buffer.from(random.pick(['\0', '\u001a', 'EOF', '"', ',,,']))]),
  },
];

function edit(file: Buffer, random: Random, change: (byte: number) => number): Buffer {
  const bytes = Buffer.from(file);
  const at = random.below(bytes.length);
  if (bytes.length > 0) bytes[at] = change(bytes[at]!);
  return bytes;
}

function insert(file: Buffer, random: Random, bytes: Buffer): Buffer {
  const at = random.below(file.length + 1);
  return Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]);
}

function removeFrom(file: Buffer, at: number, length: number): Buffer {
  return Buffer.concat([file.subarray(0, at), file.subarray(at + length)]);
}

/** Quotes where fields begin and end, and anywhere else. */
function strayQuotes(file: Buffer, random: Random): Buffer {
  let text = file.toString('latin1');
  for (let left = random.between(1, 4); left > 0; left -= 1) {
    const from = random.below(text.length + 1);
    const comma = text.indexOf(',', from);
    const at = comma < 0 ? from : random.pick([comma, comma + 1, comma + 1, from]);
    text = `${text.slice(0, at)}"${text.slice(at)}`;
  }
  return Buffer.from(text, 'latin1');
}

function repeatStretch(file: Buffer, random: Random): Buffer {
  const from = random.below(file.length + 1);
  const to = Math.min(file.length, from + random.between(1, 120));
  return Buffer.concat([file.subarray(0, to), file.subarray(from)]);
}

function linesOf(file: Buffer): Buffer[] {
  return file
    .toString('latin1')
    .split('\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line, 'latin1'));
}

function joinLines(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}

function onLines(file: Buffer, random: Random, change: (lines: Buffer[], at: number) => Buffer[]): Buffer {
  const lines = linesOf(file);
  return lines.length === 0 ? file : joinLines(change(lines, random.below(lines.length)));
}
