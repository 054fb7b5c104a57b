import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineRow } from '../../src/line-import/line-row.rules.ts';
import { SortedRows } from '../../src/line-import/sorted-rows.ts';
import { nothingKnown } from './nothing-known.ts';

function row(index: number, lineId: string): LineRow {
  const line = { lineId, closingGroup: 31, status: 'active' } as const;
  const tenure = { validFrom: '2026-01-01', validTo: null, holder: '甲', ...nothingKnown };
  return { row: index, line: index + 1, ...line, ...tenure };
}

async function sort(rows: readonly LineRow[], runRows: number): Promise<LineRow[][]> {
  await using sorted = new SortedRows(runRows);
  for (const one of rows) await sorted.add([one]);
  const lines: LineRow[][] = [];
  for await (const chunk of sorted.chunks(10)) {
    assert.ok(chunk.flat().length >= 10 || lines.length + chunk.length === 97);
    lines.push(...chunk);
  }
  return lines;
}

test('returns rows line by line in the order of the file, whether sorted in memory or on disk', async () => {
  const rows = Array.from({ length: 1_000 }, (_, index) =>
    row(index + 1, `L${String((index * 37) % 97).padStart(2, '0')}`),
  );
  const [inMemory, onDisk] = [await sort(rows, 10_000), await sort(rows, 30)];
  assert.deepEqual(onDisk, inMemory);
  assert.equal(inMemory.length, 97);
  const flat = inMemory.flat();
  assert.equal(flat.length, 1_000);
  const expected = rows.toSorted((a, b) =>
    a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : a.row - b.row,
  );
  assert.deepEqual(flat, expected);
});

test('returns no chunks for no rows', async () => {
  await using sorted = new SortedRows();
  for await (const chunk of sorted.chunks(10)) assert.fail(JSON.stringify(chunk));
});
