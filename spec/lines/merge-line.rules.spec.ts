import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineRow } from '../../src/lines/line-row.rules.ts';
import {
  MAX_ROWS_PER_LINE,
  mergeLine,
  type StoredLine,
  type Tenure,
} from '../../src/lines/merge-line.rules.ts';

const known = { birthDate: true, email: true };
const businessDate = '2026-05-10';

function row(over: Partial<LineRow> = {}): LineRow {
  const place = { row: over.row ?? 1, line: (over.row ?? 1) + 1 };
  const line = { lineId: 'CAF0000000001', closingGroup: 31, status: 'active' } as const;
  const tenure = { validFrom: '2026-01-01', validTo: null, holder: '甲', birthDate: null, email: null };
  return { ...place, ...line, ...tenure, ...over };
}

function tenure(validFrom: string, validTo: string | null, holder = '甲'): Tenure {
  return { validFrom, validTo, holder, birthDate: null, email: null };
}

function stored(...tenures: Tenure[]): StoredLine {
  return { closingGroup: 31, status: 'active', tenures };
}

const merge = (before: StoredLine | undefined, ...rows: LineRow[]) =>
  mergeLine({ stored: before, rows, known, businessDate });
const kinds = (merged: ReturnType<typeof merge>) => merged.outcomes.map(({ kind }) => kind);
const faults = (merged: ReturnType<typeof merge>) =>
  merged.outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.fault.code : undefined));

test('a new line comes with its tenure', () => {
  const merged = merge(undefined, row());
  assert.deepEqual(merged.line, { closingGroup: 31, status: 'active' });
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', null)]);
  assert.deepEqual(kinds(merged), ['added']);
});

test('what is there already is not written again', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row());
  assert.deepEqual([merged.line, merged.tenures, kinds(merged)], [undefined, [], ['unchanged']]);
});

test('a new holder closes the open tenure of the former one on the day', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row({ validFrom: '2026-05-15', holder: '乙' }));
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', '2026-05-15'), tenure('2026-05-15', null, '乙')]);
  assert.deepEqual(kinds(merged), ['added']);
});

test('a former holder that is found late ends where the next begins', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row({ validFrom: '2025-01-01', holder: '先' }));
  assert.deepEqual(merged.tenures, [tenure('2025-01-01', '2026-01-01', '先')]);
});

test('the row of an old file does not open a tenure again that another holder has closed', () => {
  const before = stored(tenure('2026-01-01', '2026-05-01'), tenure('2026-05-01', null, '乙'));
  assert.deepEqual(kinds(merge(before, row())), ['unchanged']);
});

test('the same first day corrects the tenure', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row({ holder: '甲野', validTo: '2026-06-01' }));
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', '2026-06-01', '甲野')]);
  assert.deepEqual(kinds(merged), ['changed']);
});

test('rows of one line may come in any order', () => {
  const first = row({ row: 1, validFrom: '2026-05-15', holder: '乙' });
  const second = row({ row: 2, validTo: '2026-05-15' });
  const expected = [tenure('2026-01-01', '2026-05-15'), tenure('2026-05-15', null, '乙')];
  const before = stored(tenure('2026-01-01', '2026-12-01'));
  assert.deepEqual(merge(undefined, first, second).tenures, expected);
  assert.deepEqual(merge(before, first, second).tenures, expected);
});

test('the same row twice counts once, another of the same day contradicts it', () => {
  const merged = merge(undefined, row(), row({ row: 2 }), row({ row: 3, holder: '乙' }));
  assert.deepEqual(kinds(merged), ['added', 'unchanged', 'refused']);
  assert.deepEqual(faults(merged)[2], 'contradicts-row');
});

test('the later row of two that overlap is refused, and the repetition of a refused row with it', () => {
  const long = row({ row: 1, validTo: '2026-08-01' });
  const inside = { validFrom: '2026-05-01', validTo: '2026-06-01' };
  const merged = merge(undefined, long, row({ row: 2, ...inside }), row({ row: 3, ...inside }));
  assert.deepEqual(faults(merged), [undefined, 'overlaps-tenure', 'overlaps-tenure']);
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', '2026-08-01')]);
});

test('a row that overlaps a stored tenure is refused and changes nothing', () => {
  const merged = merge(
    stored(tenure('2026-01-01', '2026-12-01')),
    row({ validFrom: '2026-06-01', status: 'closed' }),
  );
  assert.deepEqual([merged.line, merged.tenures], [undefined, []]);
  assert.deepEqual(faults(merged), ['overlaps-tenure']);
});

test('closing group and status are those of the tenure of today, not of a coming or a past one', () => {
  const past = row({ row: 1, validTo: '2026-05-01', closingGroup: 5, status: 'closed' });
  const present = row({ row: 2, validFrom: '2026-05-01', closingGroup: 10, status: 'suspended' });
  const coming = row({ row: 3, validFrom: '2026-06-01', closingGroup: 25 });
  assert.deepEqual(merge(undefined, past, present, coming).line, { closingGroup: 10, status: 'suspended' });
  assert.equal(merge(stored(tenure('2026-05-01', null)), past).line, undefined);
  assert.equal(merge(stored(tenure('2026-05-01', null)), coming).line, undefined);
  assert.deepEqual(merge(undefined, coming).line, { closingGroup: 25, status: 'active' });
});

test('a column that the file does not have changes nothing of what is known', () => {
  const before = stored({ ...tenure('2026-01-01', null), birthDate: '1980-01-01', email: 'a@example.jp' });
  const rows = [row()];
  const without = { birthDate: false, email: false };
  const merged = mergeLine({ stored: before, rows, known: without, businessDate });
  assert.deepEqual(merged.tenures, []);
  assert.deepEqual(merge(before, ...rows).tenures, [tenure('2026-01-01', null)]);
});

test('rows of one line beyond the bound are refused', () => {
  const rows = Array.from({ length: MAX_ROWS_PER_LINE + 1 }, (_, index) => row({ row: index + 1 }));
  assert.deepEqual(faults(merge(undefined, ...rows)).at(-1), 'too-many-rows');
});

const anyRow = fc.record({
  from: fc.integer({ min: 1, max: 28 }),
  days: fc.option(fc.integer({ min: 1, max: 9 })),
});
const dayOf = (day: number) => new Date(Date.UTC(2026, 4, day)).toISOString().slice(0, 10);

test('whatever the rows, tenures never overlap, only the last is open, and a second import changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 12 }), fc.array(anyRow, { maxLength: 4 }), (earlier, later) => {
      const toRows = (drafts: typeof earlier) =>
        drafts.map(({ from, days }, index) =>
          row({ row: index + 1, validFrom: dayOf(from), validTo: days === null ? null : dayOf(from + days) }),
        );
      let line: StoredLine = stored();
      for (const rows of [toRows(earlier), toRows(later)]) {
        line = apply(line, merge(line, ...rows).tenures);
        assertApart(line.tenures);
        const again = merge(line, ...rows);
        assert.deepEqual(apply(line, again.tenures), line);
        assert.equal(kinds(again).includes('added'), false);
      }
    }),
  );
});

function apply(line: StoredLine, tenures: readonly Tenure[]): StoredLine {
  const all = new Map(line.tenures.map((one) => [one.validFrom, one]));
  for (const one of tenures) all.set(one.validFrom, one);
  return { ...line, tenures: [...all.values()].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1)) };
}

function assertApart(tenures: readonly Tenure[]): void {
  for (const [index, one] of tenures.entries()) {
    const next = tenures[index + 1];
    if (next) assert.ok(one.validTo !== null && one.validTo <= next.validFrom, JSON.stringify(tenures));
  }
}
