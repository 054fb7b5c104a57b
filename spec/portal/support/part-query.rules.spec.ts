import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAmount, readFilter, touches } from '../../../src/portal/support/lines/part-query.rules.ts';

describe('the filter of a part of a line', () => {
  for (const [typed, read] of [
    [{}, { unread: [] }],
    [
      { from: '２０２６年５月１日', to: '2026/5/31' },
      { from: '2026-05-01', to: '2026-05-31', unread: [] },
    ],
    [{ amount: '￥1,100円' }, { amountMinor: 1_100n, unread: [] }],
    [{ from: 'yesterday', amount: '-5' }, { unread: ['yesterday', '-5'] }],
    [{ from: '2026-02-30', to: ' ' }, { unread: ['2026-02-30'] }],
  ] as const)
    it(`reads ${JSON.stringify(typed)}, and says what it could not`, () => {
      assert.deepEqual(readFilter(typed, 'JPY'), read);
    });

  it('takes decimals in euros', () => {
    assert.deepEqual(readFilter({ amount: '5.50' }, 'EUR'), { amountMinor: 550n, unread: [] });
  });
});

describe('what a filter of a part keeps', () => {
  for (const [what, filter, span, kept] of [
    [
      'what began before and still runs',
      { from: '2026-05-01', to: '2026-05-31' },
      ['2026-01-01', null],
      true,
    ],
    ['what ended on the first day', { from: '2026-05-01' }, ['2026-01-01', '2026-05-01'], true],
    ['what begins on the last day', { to: '2026-05-31' }, ['2026-05-31', null], true],
    ['not what ended before', { from: '2026-05-01' }, ['2026-01-01', '2026-04-30'], false],
    ['not what begins later', { to: '2026-05-31' }, ['2026-06-01', null], false],
    ['not what never began', { to: '2026-05-31' }, [null, null], false],
    ['everything without a filter', {}, [null, null], true],
  ] as const)
    it(`is ${what}`, () => assert.equal(touches(filter, span[0], span[1]), kept));

  it('is the amount itself', () => {
    assert.equal(isAmount({ amountMinor: 550n }, 550n), true);
    assert.equal(isAmount({ amountMinor: 550n }, 551n), false);
    assert.equal(isAmount({}, 551n), true);
  });
});
