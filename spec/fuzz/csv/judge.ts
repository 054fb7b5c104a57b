import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { ImportReport } from '../../../src/lines/import-lines.ts';
import type { GoodFile } from './line-file.ts';

/** What an import of a spoilt file came to. */
export interface ImportCase {
  readonly good: GoodFile;
  readonly bytes: Buffer;
  /** Undefined when the file was refused as a whole. */
  readonly report: ImportReport | undefined;
  /** Identifiers of the lines that were not there before. */
  readonly stored: readonly string[];
}

const LONGEST_RECORD_BYTES = 64 * 1024;
const COLUMNS = 8;

/** Asserts all that can be said of a spoilt file without reading CSV as the import does. */
export function judgeImport({ good, bytes, report, stored }: ImportCase): void {
  if (!report) return judgeRefused({ good, bytes, stored });
  assert.equal(bytes.at(-1), 0x0a, 'a file that is cut off within a row was taken');
  const { read, added, changed, unchanged, refused, errors } = report;
  assert.equal(read, added + changed + unchanged + refused, 'every row is counted once');
  assert.equal(errors.length, refused, 'every refused row is named');
  assert.ok(stored.length <= added, 'more lines were stored than rows added');
  const text = bytes.toString('latin1');
  for (const lineId of stored) assert.ok(text.includes(lineId), `${lineId} is not in the file`);
  if (text.includes('"')) return;
  const there = new Set(stored);
  for (const lineId of neighbours(good, bytes))
    assert.ok(there.has(lineId), `the good row of ${lineId} is missing`);
}

function judgeRefused({ good, bytes, stored }: Pick<ImportCase, 'good' | 'bytes' | 'stored'>): void {
  assert.deepEqual(stored, [], 'something of a refused file was stored');
  assert.ok(!isWhole(good, bytes), 'a whole file was refused');
}

/** Whether a file without quotes has to be taken: its header and its end are sound. */
function isWhole({ header }: GoodFile, bytes: Buffer): boolean {
  const lines = linesOf(bytes);
  const last = lines.findLast((line, at) => at > 0 && line !== '') ?? ','.repeat(COLUMNS);
  return (
    !bytes.includes('"') &&
    bytes.at(-1) === 0x0a &&
    lines[0] === header &&
    last.split(',').length >= COLUMNS &&
    lines.every((line) => Buffer.byteLength(line) < LONGEST_RECORD_BYTES)
  );
}

/** Lines whose row stands in the file to the byte, and of which it says nothing else. */
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
