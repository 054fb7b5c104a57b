import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { amountMinorOf } from '../../src/support-search/amount-with-date.rules.ts';
import { readSearch, type SearchTerms } from '../../src/support-search/search-terms.rules.ts';

const ULID = '01JV5Q8Z3M7N2X4K6T9W1B0C5D';
const may = { from: '2026-05-01', to: '2026-06-01', period: '2026-05' };

const cases: readonly (readonly [typed: string, terms: SearchTerms])[] = [
  [`ch_${ULID}`, { charge: ULID }],
  [` SB_${ULID.toLowerCase()} `, { subscription: ULID }],
  [`rf_${ULID}`, { refund: ULID }],
  [ULID, { charge: ULID, subscription: ULID, consent: ULID, refund: ULID }],
  ['Ｃ－２０２６－０００１２３', { caseNumber: 'C-2026-000123' }],
  ['202605-05-0000001', { invoiceNumber: '202605-05-0000001' }],
  ['F1234567890 1', { issuedId: 'F12345678901', isMistypedId: true }],
  ['03-1234-5678', { telephone: '+81312345678', lineId: '0312345678' }],
  ['０３（１２３４）５６７８', { telephone: '+81312345678' }],
  ['+81 3 1234', { telephone: '+8131234' }],
  ['Taro@Example.jp', { email: 'taro@example.jp' }],
  ['550 2026-05', { amount: { amount: '550', ...may } }],
  ['2026年5月 550円', { amount: { amount: '550', ...may } }],
  ['￥1,100　2026/5/12', { amount: { amount: '1100', from: '2026-05-12', to: '2026-05-13' } }],
  ['550円 5月', { amount: { amount: '550', ...may } }],
  ['550 12/24', { amount: { amount: '550', from: '2025-12-24', to: '2025-12-25' } }],
  ['550 2026-02-30', {}],
  ['550', { isAmountWithoutDate: true, lineId: '550' }],
  ['cop0001', { lineId: 'COP0001', name: 'cop0001', company: 'cop0001' }],
  ['ﾔﾏﾀﾞ ﾀﾛｳ', { name: 'ヤマダタロウ', company: 'ヤマダ タロウ' }],
  ['山田　太郎', { name: '山田太郎', company: '山田 太郎' }],
  ['山', {}],
  ['', {}],
  ['%', {}],
];

describe('what a text in the search box means', () => {
  for (const [typed, terms] of cases)
    it(`reads ${typed || 'nothing'} as ${Object.keys(terms).join(', ') || 'nothing'}`, () => {
      assert.deepEqual(readSearch(typed, { today: '2026-05-14' }), terms);
    });

  it('reads an issued ID in any width, case and spacing', () => {
    assert.deepEqual(
      readSearch('ｆ123 4567-8906', { today: '2026-05-14' }),
      readSearch('F12345678906', { today: '2026-05-14' }),
    );
  });

  it('takes decimals where the currency has them, and refuses them elsewhere', () => {
    assert.equal(amountMinorOf('5.50', 'EUR'), 550n);
    assert.equal(amountMinorOf('5', 'EUR'), 500n);
    assert.equal(amountMinorOf('550', 'JPY'), 550n);
    assert.equal(amountMinorOf('5.50', 'JPY'), undefined);
  });
});
