import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFilter } from '../../../src/portal/support/lines/part-query.rules.ts';

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
