import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskAccount, maskAccountsIn } from '../../src/shared/mask-account.rules.ts';

describe('an account number', () => {
  it('is masked but for its last three digits', () => {
    assert.equal(maskAccount('1234567'), '••••567');
  });

  it('is masked in a record by the name of its member, also below it, and nowhere else', () => {
    const record = {
      accountNumber: { before: null, after: '7654321' },
      reference: '7654321',
      list: [{ accountNumber: '1234567' }],
      at: new Date(0),
      count: 3,
    };
    assert.deepEqual(maskAccountsIn(record), {
      ...record,
      accountNumber: { before: null, after: '••••321' },
      list: [{ accountNumber: '••••567' }],
    });
  });

  it('is masked in the lines of a payout run, whose other digits stay', () => {
    const line = {
      'transfer 1': {
        before: null,
        after: 'a 1234567 → 0001 ミズホ 001 ホンテン ordinary 1234567 カ）シノノメ',
      },
    };
    assert.equal(
      maskAccountsIn(line)['transfer 1'].after,
      'a 1234567 → 0001 ミズホ 001 ホンテン ordinary ••••567 カ）シノノメ',
    );
  });
});
