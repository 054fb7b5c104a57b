import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskAccount, maskAccountsIn, maskStoredIban } from '../../src/shared/mask-account.rules.ts';

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

  it('is masked as an IBAN too, by its member and in the lines of a payout run', () => {
    const iban = 'DE89370400440532013000';
    assert.match(maskStoredIban(iban), /^DE[^0-9]+3000$/);
    assert.equal(maskStoredIban(''), '');
    const shown = maskAccountsIn({
      iban: { before: null, after: iban },
      'transfer 2': { before: null, after: 'a 500 → DE89 3704 0044 0532 0130 00 COBADEFFXXX Acme' },
    });
    assert.equal(shown.iban.after, maskStoredIban(iban));
    assert.doesNotMatch(shown['transfer 2'].after, /3704|0532/);
    assert.match(shown['transfer 2'].after, /^a 500 → DE.* COBADEFFXXX Acme$/);
  });
});
