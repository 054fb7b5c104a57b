import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  BankFileFault,
  writeZenginFile,
  type ZenginOrder,
  type ZenginTransfer,
} from '../../src/payouts/zengin-file.rules.ts';
import { readZengin } from './read-zengin.ts';

const originator: ZenginOrder['originator'] = {
  code: '1234567890',
  name: 'ミホンツウシン',
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: 'ordinary',
  accountNumber: '7654321',
};
const transfer: ZenginTransfer = {
  bankCode: '9999',
  bankName: 'ミホンギンコウ',
  branchCode: '002',
  branchName: 'シブヤ',
  accountType: 'current',
  accountNumber: '0000123',
  payee: '株式会社コンテンツ',
  amountMinor: 75_600n,
  accountNews: 'first',
  customerCodes: ['2026113001', '1'],
};
const order: ZenginOrder = { originator, payOn: '2026-11-30', transfers: [transfer] };
const withTransfer = (change: Partial<ZenginTransfer>) =>
  writeZenginFile({ ...order, transfers: [{ ...transfer, ...change }] });

describe('a payout file', () => {
  it('has 488 bytes for one transfer, each field where the bank reads it', () => {
    const file = writeZenginFile(order);
    assert.equal(file.length, 488);
    assert.deepEqual(readZengin(file), {
      header: {
        originatorCode: '1234567890',
        name: 'ﾐﾎﾝﾂｳｼﾝ',
        monthDay: '1130',
        bankCode: '9999',
        bankName: 'ﾐﾎﾝ',
        branchCode: '001',
        branchName: 'ﾎﾝﾃﾝ',
        accountType: '1',
        accountNumber: '7654321',
      },
      transfers: [
        {
          bankCode: '9999',
          bankName: 'ﾐﾎﾝｷﾞﾝｺｳ',
          branchCode: '002',
          branchName: 'ｼﾌﾞﾔ',
          accountType: '2',
          accountNumber: '0000123',
          payee: 'ｶ)ｺﾝﾃﾝﾂ',
          amount: 75_600n,
          newCode: '1',
          customerCodes: ['2026113001', '0000000001'],
        },
      ],
      count: 1,
      total: 75_600n,
    });
  });

  it('writes one byte of JIS X 0201 a character: ｶ)ｺﾝﾃﾝﾂ is b6 29 ba dd c3 dd c2', () => {
    const payee = writeZenginFile(order).subarray(122 + 50, 122 + 57);
    assert.equal(payee.toString('hex'), 'b629baddc3ddc2');
  });

  it('ends with CRLF, also after the last record', () => {
    assert.equal(writeZenginFile(order).subarray(-2).toString('latin1'), '\r\n');
  });

  it('writes savings as 4, other accounts as 9, a changed account as 2, a known one as 0', () => {
    const file = writeZenginFile({
      ...order,
      transfers: [
        { ...transfer, accountType: 'savings', accountNews: 'changed' },
        { ...transfer, accountType: 'other', accountNews: 'none' },
      ],
    });
    assert.deepEqual(
      readZengin(file).transfers.map(({ accountType, newCode }) => [accountType, newCode]),
      [
        ['4', '2'],
        ['9', '0'],
      ],
    );
  });

  it('cuts a payee at 30 bytes and keeps each voicing mark with its kana', () => {
    const [read] = readZengin(withTransfer({ payee: `カ）${'ガ'.repeat(20)}` })).transfers;
    assert.equal(read!.payee, `ｶ)${'ｶﾞ'.repeat(14)}`);
    const [odd] = readZengin(withTransfer({ payee: 'ガ'.repeat(14) + 'アガ' })).transfers;
    assert.equal(odd!.payee, `${'ｶﾞ'.repeat(14)}ｱ`);
  });

  const refused: [change: Partial<ZenginTransfer>, fault: RegExp][] = [
    [{ payee: '東雲' }, /transfer 1: account holder has kanji \(東\)/],
    [{ bankName: 'みずほ銀行' }, /transfer 1: bank name has kanji/],
    [{ branchName: '渋谷' }, /transfer 1: branch name has kanji/],
    [{ payee: "O'HARA" }, /account holder has '/],
    [{ payee: 'A,B' }, /account holder has ,/],
    [{ payee: 'ヲトメ' }, /account holder/],
    [{ bankCode: '99999' }, /bank code/],
    [{ branchCode: '1a' }, /branch code/],
    [{ accountNumber: '' }, /account number/],
    [{ amountMinor: 0n }, /amount 0/],
    [{ amountMinor: 10_000_000_000n }, /amount 10000000000/],
    [{ customerCodes: ['12345678901', '1'] }, /first customer code/],
  ];
  for (const [change, fault] of refused) {
    it(`refuses ${Object.values(change).join(', ') || 'an empty number'} and names the field`, () => {
      assert.throws(() => withTransfer(change), { name: BankFileFault.name, message: fault });
    });
  }

  it('refuses a file without a transfer, or with a total of 13 digits', () => {
    assert.throws(() => writeZenginFile({ ...order, transfers: [] }), BankFileFault);
    const largest = { ...transfer, amountMinor: 9_999_999_999n };
    const transfers = Array.from({ length: 101 }, () => largest);
    assert.throws(() => writeZenginFile({ ...order, transfers }), /12 digits/);
    assert.equal(
      readZengin(writeZenginFile({ ...order, transfers: transfers.slice(1) })).total,
      999_999_999_900n,
    );
  });

  it('is read back whatever the transfers: count, total and each amount', () => {
    const payees = fc.string({
      unit: fc.constantFrom(...'アガパヴッー-.() A1'.split('')),
      minLength: 1,
      maxLength: 60,
    });
    const one = fc.record({ amountMinor: fc.bigInt(1n, 9_999_999_999n), payee: payees });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (changes) => {
        const transfers = changes
          .filter(({ payee }) => payee.trim() !== '')
          .map((change) => ({ ...transfer, ...change }));
        if (transfers.length === 0) return;
        const file = readZengin(writeZenginFile({ ...order, transfers }));
        assert.equal(file.count, transfers.length);
        assert.deepEqual(
          file.transfers.map(({ amount }) => amount),
          transfers.map(({ amountMinor }) => amountMinor),
        );
        assert.equal(
          file.total,
          transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        );
      }),
    );
  });
});
