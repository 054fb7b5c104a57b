import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  freeMonthAhead,
  lastChargeOf,
  nextChargeOf,
  previewCancel,
  type OutlookFacts,
} from '../../src/subscriptions/subscription-outlook.rules.ts';

type Over = Partial<Omit<OutlookFacts, 'terms'>> & { readonly terms?: Partial<OutlookFacts['terms']> };

function facts({ terms, ...over }: Over = {}): OutlookFacts {
  return {
    state: 'active',
    monthsHad: new Set(),
    isLastMonthFree: false,
    businessDate: '2026-05-12',
    ...over,
    terms: {
      joinedOn: '2026-04-10',
      chargeDay: 20,
      firstMonthFree: false,
      lastMonthFree: false,
      renewedThrough: '2026-04',
      ...terms,
    },
  };
}

describe('the next charge of a subscription', () => {
  const joinedToday = { joinedOn: '2026-05-12', renewedThrough: undefined };
  const cases: readonly (readonly [string, Over, string | undefined])[] = [
    ['is on the charge day of this month', {}, '2026-05-20'],
    ['is next month once this one is billed', { terms: { renewedThrough: '2026-05' } }, '2026-06-20'],
    [
      'is at the month end where the month is shorter',
      { terms: { renewedThrough: '2026-05', chargeDay: 31 } },
      '2026-06-30',
    ],
    ['comes after a free first month', { terms: { ...joinedToday, firstMonthFree: true } }, '2026-06-20'],
    [
      'comes after a month that was paid before',
      { terms: joinedToday, monthsHad: new Set(['2026-05']) },
      '2026-06-20',
    ],
    [
      'is the last month of a cancelled one',
      { state: 'leaving', terms: { leftOn: '2026-05-12' } },
      '2026-05-12',
    ],
    [
      'is none when the last month is free',
      { state: 'leaving', terms: { leftOn: '2026-05-12', lastMonthFree: true } },
      undefined,
    ],
    ['is none when it has ended', { state: 'ended', terms: { leftOn: '2026-05-12' } }, undefined],
  ];
  for (const [what, over, dueOn] of cases)
    it(what, () => {
      assert.equal(nextChargeOf(facts(over))?.dueOn, dueOn);
    });

  it('has a free month before it', () => {
    const joined = facts({ terms: { ...joinedToday, firstMonthFree: true } });
    assert.equal(freeMonthAhead(joined)?.month, '2026-05');
    assert.equal(freeMonthAhead(facts()), undefined);
  });
});

describe('the last charge of a cancelled subscription', () => {
  const left = { leftOn: '2026-05-12' };
  const cases: readonly (readonly [string, Over, string | undefined])[] = [
    ['is the month of the cancelling', { terms: left }, '2026-05'],
    [
      'is that month, also when nights before it were missed',
      { terms: { ...left, renewedThrough: undefined } },
      '2026-05',
    ],
    [
      'is an earlier month that waits when that month is free',
      {
        terms: { ...left, renewedThrough: undefined, lastMonthFree: true },
      },
      '2026-04',
    ],
    ['is none when that month is free', { terms: { ...left, lastMonthFree: true } }, undefined],
    ['is none when that month was paid before', { terms: left, monthsHad: new Set(['2026-05']) }, undefined],
    ['is none when that month is billed', { terms: { ...left, renewedThrough: '2026-05' } }, undefined],
    ['is none once it has ended', { state: 'ended', terms: left }, undefined],
  ];
  for (const [what, over, month] of cases)
    it(what, () => {
      assert.equal(lastChargeOf(facts({ state: 'leaving', ...over }))?.month, month);
    });
});

describe('what cancelling today would do', () => {
  const cases: readonly (readonly [string, Over, string, readonly string[]])[] = [
    ['charges this month, because it is billed in whole months', {}, 'charged', ['2026-05']],
    [
      'charges nothing more once this month is billed',
      { terms: { renewedThrough: '2026-05' } },
      'billed',
      [],
    ],
    ['charges nothing when the last month is free', { isLastMonthFree: true }, 'free', []],
    [
      'charges this month when it is after the charge day',
      { isLastMonthFree: true, businessDate: '2026-05-21' },
      'charged',
      ['2026-05'],
    ],
    [
      'charges nothing in the free first month',
      { terms: { joinedOn: '2026-05-02', renewedThrough: undefined, firstMonthFree: true } },
      'free',
      [],
    ],
    ['charges nothing for a month that was paid before', { monthsHad: new Set(['2026-05']) }, 'had', []],
    [
      'charges the months of missed nights as well',
      { terms: { renewedThrough: '2026-03' } },
      'charged',
      ['2026-04', '2026-05'],
    ],
  ];
  for (const [what, over, thisMonth, charged] of cases)
    it(what, () => {
      const preview = previewCancel(facts(over));
      assert.deepEqual([preview.thisMonth, preview.charged.map(({ month }) => month)], [thisMonth, charged]);
      assert.equal(preview.usableThrough, '2026-05-31');
    });
});
