import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choosePeriod, type PeriodState } from '../../src/billing-periods/choose-period.rules.ts';
import { periodRange, type ClosingGroup } from '../../src/shared/calendar.rules.ts';

/** Periods of one tenure as `2026-05: closed`, or `2026-05 of 31: open` where it began one with another group. */
function tenure(closingGroup: ClosingGroup, ...periods: string[]) {
  const known = new Map<string, PeriodState>();
  for (const text of periods) {
    const [, period, group, state] = /^(\S+?)(?: of (\d+))?: (\w+)$/.exec(text)!;
    const begunWith = group ? (Number(group) as ClosingGroup) : closingGroup;
    known.set(period!, {
      period: period!,
      closingGroup: begunWith,
      state: state as PeriodState['state'],
      closesOn: periodRange(period!, begunWith).closesOn,
    });
  }
  return (businessDate: string) => {
    const choice = choosePeriod({ businessDate, closingGroup }, (period) => known.get(period));
    if (choice.kind === 'unknown') return `ask ${choice.period}`;
    const { period, closingGroup: group } = choice.period;
    return `${period} of ${group}${choice.late ? ', late' : ''}`;
  };
}

const closed = (period: string): PeriodState => ({
  period,
  closingGroup: 31,
  state: 'closed',
  closesOn: periodRange(period, 31).closesOn,
});

interface Case {
  readonly rule: string;
  readonly group: ClosingGroup;
  readonly periods: readonly string[];
  readonly on: string;
  readonly expected: string;
}

const cases: readonly Case[] = [
  {
    rule: 'asks for its own period first',
    group: 31,
    periods: [],
    on: '2026-05-20',
    expected: 'ask 2026-05',
  },
  {
    rule: 'an open one takes it',
    group: 31,
    periods: ['2026-05: open'],
    on: '2026-05-31',
    expected: '2026-05 of 31',
  },
  {
    rule: 'of the 5th, the 5th is the last day',
    group: 5,
    periods: ['2026-05: open'],
    on: '2026-06-05',
    expected: '2026-05 of 5',
  },
  {
    rule: 'of the 5th, the 6th is the next',
    group: 5,
    periods: ['2026-05: open'],
    on: '2026-06-06',
    expected: 'ask 2026-06',
  },
  {
    rule: 'closed: asks for the next',
    group: 31,
    periods: ['2026-05: closed'],
    on: '2026-05-20',
    expected: 'ask 2026-06',
  },
  {
    rule: 'closed: the next takes it, late',
    group: 31,
    periods: ['2026-05: closed', '2026-06: open'],
    on: '2026-05-20',
    expected: '2026-06 of 31, late',
  },
  {
    rule: 'closing is as good as closed',
    group: 31,
    periods: ['2026-05: closing', '2026-06: open'],
    on: '2026-05-31',
    expected: '2026-06 of 31, late',
  },
  {
    rule: 'several closed: the first that is open',
    group: 31,
    periods: ['2026-03: closed', '2026-04: closed', '2026-05: closing', '2026-06: open'],
    on: '2026-03-01',
    expected: '2026-06 of 31, late',
  },
  {
    rule: 'begun with another group: stays with it',
    group: 5,
    periods: ['2026-05 of 31: open'],
    on: '2026-05-20',
    expected: '2026-05 of 31',
  },
  {
    rule: 'begun with another group and closed: the next, late',
    group: 5,
    periods: ['2026-05 of 31: closed', '2026-06: open'],
    on: '2026-05-20',
    expected: '2026-06 of 5, late',
  },
  {
    rule: 'of the other group over before the date: the next, not late',
    group: 5,
    periods: ['2026-05 of 31: open', '2026-06: open'],
    on: '2026-06-03',
    expected: '2026-06 of 5',
  },
  {
    rule: 'of the other group over and closed: the next, not late',
    group: 5,
    periods: ['2026-05 of 31: closed', '2026-06: open'],
    on: '2026-06-03',
    expected: '2026-06 of 5',
  },
  {
    rule: 'over, then closed: late for the second alone',
    group: 5,
    periods: ['2026-05 of 31: closed', '2026-06: closed', '2026-07: open'],
    on: '2026-06-03',
    expected: '2026-07 of 5, late',
  },
];

describe('the billing period that takes a charge', () => {
  for (const { rule, group, periods, on, expected } of cases) {
    test(rule, () => assert.equal(tenure(group, ...periods)(on), expected));
  }

  test('more than two years of closed periods are a fault', () => {
    assert.throws(
      () => choosePeriod({ businessDate: '2026-05-20', closingGroup: 31 }, closed),
      /no open billing period/,
    );
  });
});
