import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, compare } from '../../src/shared/calendar-date.rules.ts';
import { listDueThrough, type SubscriptionTerms } from '../../src/subscriptions/subscription.rules.ts';

const plain = { joinedOn: '2026-05-10', chargeDay: 20, firstMonthFree: false, lastMonthFree: false };
/** `05-20 charge` for each month due through a date. */
function dues(changes: Partial<SubscriptionTerms>, through: string): string[] {
  return listDueThrough({ ...plain, ...changes }, through).map(
    ({ dueOn, outcome }) => `${dueOn.slice(5)} ${outcome}`,
  );
}

/** The month due on exactly that date, if any. */
const dueOn = (terms: SubscriptionTerms, date: string) =>
  listDueThrough(terms, date).find((due) => due.dueOn === date);

test('bills whole months from the month of joining through the month of leaving', () => {
  assert.deepEqual(dues({ leftOn: '2026-07-25' }, '2026-12-31'), [
    '05-20 charge',
    '06-20 charge',
    '07-20 charge',
  ]);
});

test('bills on the day of joining when the charge day has passed', () => {
  assert.deepEqual(dues({ chargeDay: 5 }, '2026-06-30'), ['05-10 charge', '06-05 charge']);
  assert.deepEqual(dues({ chargeDay: 10 }, '2026-05-31'), ['05-10 charge']);
});

test('bills the month of leaving on the day of leaving when that is before the charge day', () => {
  assert.deepEqual(dues({ leftOn: '2026-06-03' }, '2026-12-31'), ['05-20 charge', '06-03 charge']);
});

test('bills one month once when joined and left within it', () => {
  const table = [
    [{ chargeDay: 31, leftOn: '2026-05-12' }, '05-12 charge'],
    [{ chargeDay: 5, leftOn: '2026-05-12' }, '05-10 charge'],
    [{ chargeDay: 11, leftOn: '2026-05-12' }, '05-11 charge'],
    [{ chargeDay: 31, leftOn: '2026-05-10' }, '05-10 charge'],
  ] as const;
  for (const [changes, expected] of table) assert.deepEqual(dues(changes, '2026-12-31'), [expected]);
});

test('does not bill again who joins again in the same month', () => {
  const again = { joinedOn: '2026-05-22', renewedThrough: '2026-05' };
  assert.deepEqual(dues(again, '2026-05-31'), []);
  assert.deepEqual(dues(again, '2026-06-30'), ['06-20 charge']);
  assert.equal(dueOn({ ...plain, ...again }, '2026-05-22'), undefined);
});

test('takes charge days 29 to 31 as the last day of a shorter month', () => {
  const joined = { joinedOn: '2026-01-10' };
  assert.deepEqual(dues({ ...joined, chargeDay: 31 }, '2026-04-30'), [
    '01-31 charge',
    '02-28 charge',
    '03-31 charge',
    '04-30 charge',
  ]);
  assert.deepEqual(dues({ ...joined, chargeDay: 30 }, '2026-02-28'), ['01-30 charge', '02-28 charge']);
});

test('leaves the first month free', () => {
  assert.deepEqual(dues({ firstMonthFree: true }, '2026-06-30'), ['05-20 free', '06-20 charge']);
  assert.deepEqual(dues({ firstMonthFree: true, leftOn: '2026-05-11' }, '2026-06-30'), ['05-11 free']);
});

test('leaves the last month free to who leaves on or before the charge day', () => {
  const free = { lastMonthFree: true };
  assert.deepEqual(dues({ ...free, leftOn: '2026-06-03' }, '2026-12-31'), ['05-20 charge', '06-03 free']);
  assert.deepEqual(dues({ ...free, leftOn: '2026-06-20' }, '2026-12-31'), ['05-20 charge', '06-20 free']);
  assert.deepEqual(dues({ ...free, leftOn: '2026-06-21' }, '2026-12-31'), ['05-20 charge', '06-20 charge']);
});

test('does not give the month of joining away as the last one', () => {
  assert.deepEqual(dues({ lastMonthFree: true, leftOn: '2026-05-10' }, '2026-12-31'), ['05-10 charge']);
});

test('finds a month on its due date and on no other', () => {
  assert.deepEqual(dueOn(plain, '2026-06-20'), {
    month: '2026-06',
    outcome: 'charge',
    dueOn: '2026-06-20',
  });
  for (const date of ['2026-06-19', '2026-06-21', '2026-04-20']) assert.equal(dueOn(plain, date), undefined);
});

test('catches up all months of missed nights, and no month already renewed', () => {
  assert.deepEqual(dues({}, '2026-08-19'), ['05-20 charge', '06-20 charge', '07-20 charge']);
  assert.deepEqual(dues({ renewedThrough: '2026-06' }, '2026-08-20'), ['07-20 charge', '08-20 charge']);
  // Left on 06-03, entered after the night of 06-03: the next night still finds it.
  assert.deepEqual(dues({ renewedThrough: '2026-05', leftOn: '2026-06-03' }, '2026-06-04'), ['06-03 charge']);
});

test('refuses dates that cannot be', () => {
  assert.throws(() => dueOn({ ...plain, leftOn: '2026-05-09' }, '2026-05-20'), RangeError);
  assert.throws(() => dueOn({ ...plain, joinedOn: '2026-02-30' }, '2026-05-20'), RangeError);
  assert.throws(() => dueOn({ ...plain, chargeDay: 0 }, '2026-05-20'), RangeError);
});

test('night by night finds the same months as catching up at the end, each once and within its month', () => {
  const day = fc.integer({ min: 0, max: 200 });
  const terms = fc.record({
    joined: day,
    stays: fc.option(day, { nil: undefined }),
    chargeDay: fc.integer({ min: 1, max: 31 }),
    firstMonthFree: fc.boolean(),
    lastMonthFree: fc.boolean(),
  });
  fc.assert(
    fc.property(terms, ({ joined, stays, ...options }) => {
      const joinedOn = addDays('2027-11-01', joined);
      const leftOn = stays === undefined ? undefined : addDays(joinedOn, stays);
      const subscription = { joinedOn, leftOn, ...options };
      const nightly = [];
      for (let date = joinedOn; compare(date, '2028-12-31') <= 0; date = addDays(date, 1)) {
        const due = dueOn(subscription, date);
        if (due) nightly.push(due);
      }
      const all = listDueThrough(subscription, '2028-12-31');
      assert.deepEqual(nightly, all);
      assert.equal(new Set(all.map(({ month }) => month)).size, all.length);
      assert.equal(all[0]?.month, joinedOn.slice(0, 7));
      assert.equal(all.at(-1)?.month, leftOn?.slice(0, 7) ?? '2028-12');
      for (const { month, dueOn } of all) {
        assert.ok(dueOn.startsWith(month) && dueOn >= joinedOn && (leftOn === undefined || dueOn <= leftOn));
      }
    }),
    { numRuns: 60 },
  );
});
