import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, monthOf } from '../../src/shared/calendar.rules.ts';
import { nextDueOn } from '../../src/subscriptions/next-due-on.rules.ts';
import { listDueThrough } from '../../src/subscriptions/subscription.rules.ts';

type Scheduled = Parameters<typeof nextDueOn>[0];

const joined: Scheduled = { state: 'active', joinedOn: '2026-03-12', chargeDay: 20 };
const cancelled = { state: 'leaving', leftOn: '2026-04-15' } as const;

const cases: readonly [what: string, over: Partial<Scheduled>, expected: string | null][] = [
  ['joined before the charge day', {}, '2026-03-20'],
  ['joined on the charge day', { joinedOn: '2026-03-20' }, '2026-03-20'],
  ['joined after the charge day: on the day of joining', { joinedOn: '2026-03-21' }, '2026-03-21'],
  ['billed through the month of joining', { renewedThrough: '2026-03' }, '2026-04-20'],
  ['billed through December', { renewedThrough: '2026-12' }, '2027-01-20'],
  [
    'joined again in a month that is billed',
    { joinedOn: '2026-05-22', renewedThrough: '2026-05' },
    '2026-06-20',
  ],
  ['billed through a month before the joining', { renewedThrough: '2026-01' }, '2026-03-20'],
  ['month end of March', { chargeDay: 31 }, '2026-03-31'],
  ['month end of April', { chargeDay: 31, renewedThrough: '2026-03' }, '2026-04-30'],
  ['month end of February', { chargeDay: 31, renewedThrough: '2027-01' }, '2027-02-28'],
  ['month end of February in a leap year', { chargeDay: 31, renewedThrough: '2028-01' }, '2028-02-29'],
  ['joined on the month end', { joinedOn: '2026-03-31', chargeDay: 31 }, '2026-03-31'],
  [
    'cancelled before the charge day of the last month',
    { ...cancelled, renewedThrough: '2026-03' },
    '2026-04-15',
  ],
  [
    'cancelled after a charge day that has no contract',
    { ...cancelled, leftOn: '2026-04-25', renewedThrough: '2026-03' },
    '2026-04-20',
  ],
  ['cancelled with an older month still to bill', cancelled, '2026-03-20'],
  ['cancelled on the day of joining', { ...cancelled, leftOn: '2026-03-12' }, '2026-03-12'],
  ['cancelled with every month billed: to end', { ...cancelled, renewedThrough: '2026-04' }, '2026-04-15'],
  ['ended', { state: 'ended', leftOn: '2026-04-15', renewedThrough: '2026-04' }, null],
  ['pending', { state: 'pending' }, null],
  ['declined', { state: 'declined' }, null],
  ['expired', { state: 'expired' }, null],
];

describe('a subscription is due next', () => {
  for (const [what, over, expected] of cases)
    it(`${what}: ${expected ?? 'never'}`, () => assert.equal(nextDueOn({ ...joined, ...over }), expected));

  it('whether its first and last month are free or not: the night records free months, too', () => {
    for (const leftOn of [undefined, '2026-03-14'])
      for (const free of [false, true]) {
        const terms = { ...joined, leftOn, firstMonthFree: free, lastMonthFree: free };
        const dueOn = listDueThrough({ ...terms, leftOn, renewedThrough: undefined }, '2026-03-31')[0]?.dueOn;
        assert.equal(nextDueOn({ ...terms, state: leftOn ? 'leaving' : 'active' }), dueOn);
      }
  });

  it('on the first day that has a due month or the end, of any terms', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2027-01-01', days));
    const terms = fc.record({
      joinedOn: day,
      lasts: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined }),
      chargeDay: fc.oneof(fc.integer({ min: 1, max: 25 }), fc.constant(31)),
      months: fc.option(fc.integer({ min: -1, max: 3 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(terms, day, ({ joinedOn, lasts, chargeDay, months }, today) => {
        const leftOn = lasts === undefined ? undefined : addDays(joinedOn, lasts);
        const renewedThrough = months === undefined ? undefined : addMonths(monthOf(joinedOn), months);
        const scheduled = { joinedOn, leftOn, chargeDay, renewedThrough };
        const free = { firstMonthFree: false, lastMonthFree: false };
        const isDue =
          listDueThrough({ ...scheduled, ...free }, today).length > 0 ||
          (leftOn !== undefined && leftOn <= today);
        const dueOn = nextDueOn({ ...scheduled, state: leftOn === undefined ? 'active' : 'leaving' });
        assert.equal(dueOn !== null && dueOn <= today, isDue);
      }),
      { numRuns: 2_000 },
    );
  });
});
