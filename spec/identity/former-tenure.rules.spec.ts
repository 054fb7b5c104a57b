import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFormerTenure, type FormerFacts } from '../../src/identity/former-tenure.rules.ts';

const facts = (over: Partial<FormerFacts> = {}): FormerFacts => ({
  holderTo: '2026-05-16',
  subscriberState: 'active',
  leftAs: null,
  ...over,
});

describe('a tenure that people of a line may still read', () => {
  const cases: readonly (readonly [string, FormerFacts, string, number, string | undefined])[] = [
    ['is held', facts({ holderTo: null }), '2026-05-20', 6, undefined],
    ['ends tomorrow', facts(), '2026-05-15', 6, undefined],
    ['has ended today', facts(), '2026-05-16', 6, '2026-11-15'],
    ['is read on the last day', facts(), '2026-11-15', 6, '2026-11-15'],
    ['is over the day after', facts(), '2026-11-16', 6, undefined],
    ['is not read at all where no month is set', facts(), '2026-05-16', 0, undefined],
    [
      'ends on a day that the later month lacks',
      facts({ holderTo: '2026-08-31' }),
      '2026-09-01',
      6,
      '2027-02-27',
    ],
    [
      'had an ID that ended for the next holder',
      facts({ subscriberState: 'ended', leftAs: 'holder' }),
      '2026-06-01',
      6,
      '2026-11-15',
    ],
    ['had an ID that ended by itself', facts({ subscriberState: 'ended' }), '2026-06-01', 6, undefined],
  ];
  for (const [name, given, businessDate, months, through] of cases) {
    it(name, () => {
      assert.equal(findFormerTenure(given, { businessDate, months })?.readsThrough, through);
    });
  }

  it('names its own last day', () => {
    const tenure = findFormerTenure(facts(), { businessDate: '2026-06-01', months: 6 });
    assert.equal(tenure?.heldThrough, '2026-05-15');
  });
});
