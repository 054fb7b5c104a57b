import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineRow } from '../../src/line-import/line-row.rules.ts';
import type { Tenure } from '../../src/lines/tenure.ts';
import { MAX_ROWS_PER_LINE, mergeLine, type StoredLine } from '../../src/line-import/merge-line.rules.ts';
import { nothingKnown } from './nothing-known.ts';

const businessDate = '2026-05-10';

function row(over: Partial<LineRow> = {}): LineRow {
  const place = { row: over.row ?? 1, line: (over.row ?? 1) + 1 };
  const line = { lineId: 'CAF0000000001', closingGroup: 31, status: 'active' } as const;
  const tenure = { validFrom: '2026-01-01', validTo: null, holder: '甲', ...nothingKnown };
  return { ...place, ...line, ...tenure, ...over };
}

function tenure(validFrom: string, validTo: string | null, holder = '甲'): Tenure {
  return { validFrom, validTo, holder, ...nothingKnown };
}

function stored(...tenures: Tenure[]): StoredLine {
  return { closingGroup: 31, status: 'active', tenures };
}

const merge = (before: StoredLine | undefined, ...rows: LineRow[]) =>
  mergeLine({ stored: before, rows, businessDate });
const kinds = (merged: ReturnType<typeof merge>) => merged.outcomes.map(({ kind }) => kind);
const faults = (merged: ReturnType<typeof merge>) =>
  merged.outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.fault.code : undefined));

test('adds a new line with its tenure', () => {
  const merged = merge(undefined, row());
  assert.deepEqual(merged.line, { closingGroup: 31, status: 'active' });
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', null)]);
  assert.deepEqual(kinds(merged), ['added']);
});

test('does not write what is stored already', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row());
  assert.deepEqual([merged.line, merged.tenures, kinds(merged)], [undefined, [], ['unchanged']]);
});

test('a new holder closes the open tenure of the former one on the day', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row({ validFrom: '2026-05-15', holder: '乙' }));
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', '2026-05-15'), tenure('2026-05-15', null, '乙')]);
  assert.deepEqual(kinds(merged), ['added']);
});

test('a former holder that is imported late ends where the next begins', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row({ validFrom: '2025-01-01', holder: '先' }));
  assert.deepEqual(merged.tenures, [tenure('2025-01-01', '2026-01-01', '先')]);
});

test('the row of an old file does not reopen a tenure that another holder has closed', () => {
  const before = stored(tenure('2026-01-01', '2026-05-01'), tenure('2026-05-01', null, '乙'));
  assert.deepEqual(kinds(merge(before, row())), ['unchanged']);
});

test('the same first day corrects the tenure', () => {
  const merged = merge(stored(tenure('2026-01-01', null)), row({ holder: '甲野', validTo: '2026-06-01' }));
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', '2026-06-01', '甲野')]);
  assert.deepEqual(kinds(merged), ['changed']);
});

test('rows of one line may be in any order', () => {
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

test('closing group and status come from the tenure of today, not from a future or a past one', () => {
  const past = row({ row: 1, validTo: '2026-05-01', closingGroup: 5, status: 'closed' });
  const present = row({ row: 2, validFrom: '2026-05-01', closingGroup: 10, status: 'suspended' });
  const coming = row({ row: 3, validFrom: '2026-06-01', closingGroup: 25 });
  assert.deepEqual(merge(undefined, past, present, coming).line, { closingGroup: 10, status: 'suspended' });
  assert.equal(merge(stored(tenure('2026-05-01', null)), past).line, undefined);
  assert.equal(merge(stored(tenure('2026-05-01', null)), coming).line, undefined);
  assert.deepEqual(merge(undefined, coming).line, { closingGroup: 25, status: 'active' });
});

test('a value that a row does not have stays as stored, and a value that it clears is cleared', () => {
  const before = stored({ ...tenure('2026-01-01', null), birthDate: '2014-01-01', email: 'a@example.jp' });
  assert.deepEqual(merge(before, row({ birthDate: undefined, email: undefined })).tenures, []);
  const [cleared] = merge(before, row({ birthDate: undefined, email: null })).tenures;
  assert.deepEqual([cleared?.birthDate, cleared?.email], ['2014-01-01', null]);
  const [next] = merge(
    before,
    row({ validFrom: '2026-05-15', holder: '乙', birthDate: undefined }),
  ).tenures.slice(1);
  assert.equal(next?.birthDate, null, 'nothing is known of another holder');
});

const same: [name: string, before: string, after: string][] = [
  ['the same name', '東西 花子', '東西 花子'],
  ['a name without its blank', '東西 花子', '東西花子'],
  ['a full-width blank', '東西 花子', '東西　花子'],
  ['half-width kana', 'ガ商店', 'ｶﾞ商店'],
  ['a variant of a letter', '神田花子', '神\u{e0100}田花子'],
  ['a joiner that is not seen', '山田太郎', '山田\u200d太郎'],
  ['the minus sign of another converter', 'Ａ－１商会', 'Ａ\u2212１商会'],
  ['the wave dash of another converter', 'あ～る商店', 'あ\u301cる商店'],
  ['a ligature', '㈱見本', '(株)見本'],
];
for (const [name, before, after] of same) {
  test(`a later day with ${name} is about the same tenure`, () => {
    const line = stored(tenure('2026-01-01', null, before));
    const merged = merge(line, row({ validFrom: '2026-05-15', holder: after }));
    assert.deepEqual(
      merged.tenures,
      before === after ? [] : [tenure('2026-01-01', null, after)],
      'no tenure begins or ends',
    );
    assert.deepEqual([merged.effects, kinds(merged).includes('added')], [[], false]);
  });
}

test('a later day of the same holder applies from that day on, and the file may be imported again', () => {
  const line = stored({ ...tenure('2026-01-01', null), birthDate: '2014-01-01' });
  const later = row({
    validFrom: '2026-05-05',
    closingGroup: 5,
    email: 'b@example.jp',
    birthDate: undefined,
  });
  const merged = merge(line, later);
  const expected = { ...tenure('2026-01-01', null), birthDate: '2014-01-01', email: 'b@example.jp' };
  assert.deepEqual([merged.tenures, merged.line?.closingGroup, kinds(merged)], [[expected], 5, ['changed']]);
  assert.deepEqual(kinds(merge({ ...line, closingGroup: 5, tenures: [expected] }, later)), ['unchanged']);
});

test('a future day of the same holder does not change closing group and status yet', () => {
  const line = stored(tenure('2026-01-01', null));
  assert.equal(merge(line, row({ validFrom: '2026-05-15', status: 'suspended' })).line, undefined);
});

test('rows of one holder on several days of one file are one tenure, in any order', () => {
  const rows = [
    row({ row: 1, validFrom: '2026-03-01', closingGroup: 10 }),
    row({ row: 2, validTo: '2026-02-01' }),
    row({ row: 3, validFrom: '2026-02-01', validTo: '2026-03-01' }),
  ];
  const merged = merge(undefined, ...rows);
  assert.deepEqual(merged.tenures, [tenure('2026-01-01', null)]);
  assert.equal(merged.line?.closingGroup, 10);
  const again = merge({ closingGroup: 10, status: 'active', tenures: merged.tenures }, ...rows);
  assert.deepEqual(
    [again.tenures, again.line, kinds(again)],
    [[], undefined, ['unchanged', 'unchanged', 'unchanged']],
  );
});

test('a holder who returns after a gap, or after another holder, begins a tenure', () => {
  const gap = merge(stored(tenure('2026-01-01', '2026-03-01')), row({ validFrom: '2026-05-01' }));
  assert.deepEqual(gap.tenures, [tenure('2026-05-01', null)]);
  const other = stored(tenure('2026-01-01', '2026-03-01'), tenure('2026-03-01', null, '乙'));
  const back = merge(other, row({ validFrom: '2026-05-01' }));
  assert.deepEqual(back.tenures, [tenure('2026-03-01', '2026-05-01', '乙'), tenure('2026-05-01', null)]);
});

test('the row of an old file about a later day of a holder who has left changes nothing', () => {
  const before = stored(tenure('2026-01-01', '2026-05-15'), tenure('2026-05-15', null, '乙'));
  const merged = merge(before, row({ validFrom: '2026-03-01' }));
  assert.deepEqual([merged.tenures, kinds(merged)], [[], ['unchanged']]);
});

test('a holder who continues from the day on which the tenure would have ended keeps it', () => {
  const merged = merge(stored(tenure('2026-01-01', '2026-05-01')), row({ validFrom: '2026-05-01' }));
  assert.deepEqual([merged.tenures, merged.effects], [[tenure('2026-01-01', null)], []]);
});

const ofTenure = { holderFrom: '2026-01-01' };
const effects: [name: string, row: LineRow, effect: object | undefined][] = [
  [
    'another holder ends the tenure',
    row({ validFrom: '2026-05-15', holder: '乙' }),
    { ...ofTenure, kind: 'ends-tenure', endsOn: '2026-05-15' },
  ],
  [
    'a day that is stated ends it',
    row({ validTo: '2026-06-01' }),
    { ...ofTenure, kind: 'ends-tenure', endsOn: '2026-06-01' },
  ],
  [
    'a line that is suspended stops',
    row({ status: 'suspended' }),
    { ...ofTenure, kind: 'stops-line', status: 'suspended' },
  ],
  [
    'a line that is closed stops',
    row({ status: 'closed' }),
    { ...ofTenure, kind: 'stops-line', status: 'closed' },
  ],
  [
    'another name of the same day corrects it',
    row({ holder: '甲野' }),
    { ...ofTenure, kind: 'renames-holder' },
  ],
  ['another closing group does nothing to it', row({ closingGroup: 5 }), undefined],
  ['a holder of before does nothing to it', row({ validFrom: '2025-01-01', holder: '先' }), undefined],
];
for (const [name, given, effect] of effects) {
  test(`describes the effect of a row: ${name}`, () => {
    const merged = merge(stored(tenure('2026-01-01', null)), given);
    assert.deepEqual(merged.effects, effect === undefined ? [] : [{ ...effect, row: given }]);
  });
}

test('rows of one line beyond the bound are refused', () => {
  const rows = Array.from({ length: MAX_ROWS_PER_LINE + 1 }, (_, index) => row({ row: index + 1 }));
  assert.deepEqual(faults(merge(undefined, ...rows)).at(-1), 'too-many-rows');
});

const anyRow = fc.record({
  holder: fc.constantFrom('甲', '甲', '乙'),
  from: fc.integer({ min: 1, max: 28 }),
  days: fc.option(fc.integer({ min: 1, max: 9 })),
});
const dayOf = (day: number) => new Date(Date.UTC(2026, 4, day)).toISOString().slice(0, 10);

test('for any rows, tenures never overlap and only the last is open; a second import of rows that were all accepted changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 12 }), fc.array(anyRow, { maxLength: 4 }), (earlier, later) => {
      const toRows = (drafts: typeof earlier) =>
        drafts.map(({ holder, from, days }, index) => {
          const validTo = days === null ? null : dayOf(from + days);
          return row({ row: index + 1, holder, validFrom: dayOf(from), validTo });
        });
      let line: StoredLine = stored();
      for (const rows of [toRows(earlier), toRows(later)]) {
        const first = merge(line, ...rows);
        line = apply(line, first.tenures);
        assertApart(line.tenures);
        // Rows that contradicted others may be accepted once those are stored.
        if (kinds(first).includes('refused')) continue;
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
