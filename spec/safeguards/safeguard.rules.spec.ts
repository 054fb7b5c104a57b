import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  isSetAlready,
  NOTHING_SET,
  onlyListed,
  permitsMore,
  safeguardsOn,
  scheduledAfter,
  subjectKey,
  validFromOf,
  valueOn,
  type SafeguardKind,
  type SafeguardRow,
  type SafeguardSubject,
  type SafeguardValue,
} from '../../src/safeguards/safeguard.rules.ts';

const TODAY = '2026-05-31';
const TOMORROW = '2026-06-01';

const subject = (kind: SafeguardKind, over: Partial<SafeguardSubject> = {}): SafeguardSubject => ({
  kind,
  subscriberId: null,
  companyId: null,
  serviceId: null,
  ...over,
});
const limit = (limitMinor: bigint | null): SafeguardValue => ({ limitMinor, inForce: limitMinor !== null });
const set: SafeguardValue = { limitMinor: null, inForce: true };
const monthly = subject('monthly-limit');

/** Settings in the order in which they were made. */
function settings(...made: (SafeguardSubject & SafeguardValue & { validFrom: string })[]): SafeguardRow[] {
  return made.map((row, index) => ({ ...row, version: index + 1 }));
}

describe('what is in force', () => {
  const lowered = { ...monthly, ...limit(3_000n), validFrom: '2026-05-10' };
  const raised = { ...monthly, ...limit(8_000n), validFrom: TOMORROW };

  for (const [what, rows, date, expected] of [
    ['nothing before the first setting', [lowered], '2026-05-09', null],
    ['a lower limit on its day', [lowered], '2026-05-10', 3_000n],
    ['the lower limit until midnight of the raise', [lowered, raised], TODAY, 3_000n],
    ['the raise from its day on', [lowered, raised], TOMORROW, 8_000n],
    [
      'what was lowered after a raise was set, also on its day',
      [lowered, raised, { ...monthly, ...limit(1_000n), validFrom: TODAY }],
      TOMORROW,
      1_000n,
    ],
    [
      'the second of two raises',
      [lowered, raised, { ...monthly, ...limit(5_000n), validFrom: TOMORROW }],
      TOMORROW,
      5_000n,
    ],
    [
      'no limit once it was removed',
      [lowered, { ...monthly, ...limit(null), validFrom: TOMORROW }],
      TOMORROW,
      null,
    ],
  ] as const) {
    it(`is ${what}`, () => {
      assert.equal(valueOn(settings(...rows), monthly, date).limitMinor, expected);
    });
  }

  it('is scheduled only as the last word on its subject', () => {
    const rows = settings(lowered, raised, { ...monthly, ...limit(1_000n), validFrom: TODAY });
    assert.deepEqual(scheduledAfter(rows.slice(0, 2), TODAY), [rows[1]]);
    assert.deepEqual(scheduledAfter(rows, TODAY), []);
  });
});

const before = (kind: SafeguardKind, value: SafeguardValue, over = {}) =>
  settings({ ...subject(kind, over), ...value, validFrom: '2026-05-01' });

describe('a change', () => {
  const child = { subscriberId: 2 };
  const shop = { companyId: 7 };
  const listed = before('only-listed', set, child);

  for (const [what, rows, of, value, expected] of [
    ['a first limit', [], monthly, limit(99n), TODAY],
    ['a lower limit', before('monthly-limit', limit(5n)), monthly, limit(4n), TODAY],
    ['a higher limit', before('monthly-limit', limit(5n)), monthly, limit(6n), TOMORROW],
    ['no limit any more', before('monthly-limit', limit(5n)), monthly, limit(null), TOMORROW],
    [
      'a higher limit a purchase',
      before('charge-limit', limit(5n)),
      subject('charge-limit'),
      limit(6n),
      TOMORROW,
    ],
    ['a block', [], subject('block', shop), set, TODAY],
    ['the end of a block', before('block', set, shop), subject('block', shop), NOTHING_SET, TOMORROW],
    ['a list that begins to restrict', [], onlyListed(2), set, TODAY],
    ['a list that no longer restricts', listed, onlyListed(2), NOTHING_SET, TOMORROW],
    ['an entry of a list that restricts', listed, subject('allow', { ...child, ...shop }), set, TOMORROW],
    ['an entry of a list that does not', [], subject('allow', { ...child, ...shop }), set, TODAY],
    [
      "an entry of one's list while another's restricts",
      listed,
      subject('allow', { subscriberId: 3, ...shop }),
      set,
      TODAY,
    ],
    [
      'an entry that is taken off the list',
      [...listed, ...before('allow', set, { ...child, ...shop })],
      subject('allow', { ...child, ...shop }),
      NOTHING_SET,
      TODAY,
    ],
  ] as const) {
    it(`to ${what} counts from ${expected === TODAY ? 'now' : 'tomorrow'}`, () => {
      assert.equal(validFromOf({ rows, subject: of, value, businessDate: TODAY }), expected);
    });
  }

  it('that repeats what is set, or what is set for tomorrow, is none', () => {
    const rows = settings(
      { ...monthly, ...limit(5n), validFrom: '2026-05-01' },
      { ...monthly, ...limit(9n), validFrom: TOMORROW },
    );
    const to = (limitMinor: bigint) => ({
      rows,
      subject: monthly,
      value: limit(limitMinor),
      businessDate: TODAY,
    });
    assert.equal(isSetAlready(to(9n)), true);
    assert.equal(isSetAlready(to(5n)), false, 'the same as today takes the raise back');
    assert.equal(isSetAlready({ ...to(5n), rows: rows.slice(0, 1) }), true);
  });
});

const dayOf = (day: number) => `2026-05-0${day + 1}`;

/** Sets amounts one after another, each on its day or later. */
function play(changes: readonly { amount: bigint | null; day: number }[]) {
  const rows: SafeguardRow[] = [];
  const steps = [];
  let day = 0;
  for (const { amount, day: later } of changes) {
    day = Math.max(day, later);
    const change = { rows: [...rows], subject: monthly, value: limit(amount), businessDate: dayOf(day) };
    const row = { ...monthly, ...change.value, version: rows.length + 1, validFrom: validFromOf(change) };
    rows.push(row);
    steps.push({ ...change, row });
  }
  return { rows, steps };
}

describe('any history of settings', () => {
  const amounts = fc.option(fc.bigInt({ min: 0n, max: 9n }), { nil: null });
  const days = fc.integer({ min: 0, max: 6 });
  const history = fc.array(fc.record({ amount: amounts, day: days }), { maxLength: 12 });

  it('never permits more on the day of a change than before it', () => {
    fc.assert(
      fc.property(history, (changes) => {
        for (const { rows, row, businessDate } of play(changes).steps) {
          const of = (all: SafeguardRow[]) => valueOn(all, monthly, businessDate).limitMinor ?? 1_000n;
          assert.ok(of([...rows, row]) <= of(rows));
        }
      }),
    );
  });

  it('says the last word from the day after it', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const { rows } = play(changes);
        const last = rows.at(-1);
        if (last) assert.equal(valueOn(rows, monthly, '2026-06-01').limitMinor, last.limitMinor);
      }),
    );
  });

  it('has at most one setting of a subject in force, whatever their order', () => {
    fc.assert(
      fc.property(history, days, (changes, day) => {
        const { rows } = play(changes);
        const found = safeguardsOn(rows, dayOf(day));
        assert.ok(found.length <= 1);
        assert.deepEqual(safeguardsOn(rows.toReversed(), dayOf(day)), found);
        assert.equal(new Set(found.map(subjectKey)).size, found.length);
      }),
    );
  });

  it('permits more exactly when it is not at once', () => {
    fc.assert(
      fc.property(history, (changes) => {
        for (const { row, ...change } of play(changes).steps)
          assert.equal(permitsMore(change), row.validFrom > change.businessDate);
      }),
    );
  });
});
