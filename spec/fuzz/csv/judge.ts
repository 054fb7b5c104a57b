import assert from 'node:assert/strict';
import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import type { ImportReport } from '../../../src/line-import/import-lines.ts';
import type { GoodFile } from './line-file.ts';

/** The result of the import of a malformed file. */
export interface ImportCase {
  readonly good: GoodFile;
  readonly bytes: Buffer;
  /** Undefined when the file was refused as a whole. */
  readonly report: ImportReport | undefined;
  /** Identifiers of the new lines. */
  readonly stored: readonly string[];
}

const MAX_LINE_BYTES = 64 * 1024;
const COLUMNS = 8;

/** Asserts everything about a malformed file that is known without parsing CSV like the import. */
export function judgeImport({ good, bytes, report, stored }: ImportCase): void {
  if (!report) return judgeRefused({ good, bytes, stored });
  assert.equal(bytes.at(-1), 0x0a, 'a file that is cut off within a row was taken');
  assert.ok(isUtf8(bytes), 'a file that is not UTF-8 was taken');
  const { read, added, changed, unchanged, refused, errors } = report;
  assert.equal(read, added + changed + unchanged + refused, 'every row is counted once');
  assert.equal(errors.length, refused, 'every refused row is named');
  assert.ok(stored.length <= added, 'more lines were stored than rows added');
  const text = bytes.toString('latin1');
  for (const lineId of stored) assert.ok(text.includes(lineId), `${lineId} is not in the file`);
  judgeLines(bytes, report);
  const there = new Set(stored);
  for (const lineId of neighbours(good, bytes))
    assert.ok(there.has(lineId), `the good row of ${lineId} is missing`);
}

/**
 * Every line after the header is a row that was read, empty, or a piece of a quoted field. A line with all columns and a
 * leading line ID is never such a piece, and without quotes no line is.
 */
function judgeLines(bytes: Buffer, { read, errors }: ImportReport): void {
  const lines = linesOf(bytes).slice(1, -1);
  const refused = errors.map(({ line }) => line);
  assert.equal(new Set(refused).size, refused.length, 'a line was refused twice');
  for (const line of refused)
    assert.ok(line >= 2 && line <= lines.length + 1, `line ${line} is not in the file`);
  const filled = lines.filter((line) => line !== '').length;
  const whole = lines.filter(
    (line) => /^"?CAF\d{10}"?,/.test(line) && line.split(',').length >= COLUMNS,
  ).length;
  assert.ok(read <= filled, 'more rows were read than lines');
  assert.ok(read >= whole, `${whole - read} rows were swallowed`);
  if (!bytes.includes('"')) assert.equal(read, filled, 'a line is not accounted for');
}

function judgeRefused({ good, bytes, stored }: Pick<ImportCase, 'good' | 'bytes' | 'stored'>): void {
  assert.deepEqual(stored, [], 'something of a refused file was stored');
  assert.ok(!isWhole(good, bytes), 'a whole file was refused');
}

/** Whether a file must be imported: its encoding is clear, its header and its end are valid. */
function isWhole({ header }: GoodFile, bytes: Buffer): boolean {
  const lines = linesOf(bytes);
  const last = lines.findLast((line, at) => at > 0 && line !== '') ?? ','.repeat(COLUMNS);
  return (
    isUtf8(bytes) &&
    (isAscii(bytes) || bytes.some((byte) => byte >= 0xe0)) &&
    bytes.at(-1) === 0x0a &&
    lines[0] === header &&
    // A comma in quotes does not separate.
    !last.includes('"') &&
    last.split(',').length >= COLUMNS &&
    lines.every((line) => Buffer.byteLength(line) < MAX_LINE_BYTES)
  );
}

/** Lines whose row is unchanged in the file, on a line of its own, and that have no other row. */
function neighbours({ rows }: GoodFile, bytes: Buffer): string[] {
  const lines = linesOf(bytes).slice(1);
  return rows.flatMap(({ lineId, text }) => {
    const about = lines.filter((line) => line.includes(lineId));
    return about.length > 0 && about.every((line) => line === text) ? [lineId] : [];
  });
}

function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString()
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
}
