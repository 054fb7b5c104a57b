import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDetails } from '../../src/line-import/line-details.rules.ts';

const read = (column: string, text: string) => readDetails((name) => (name === column ? text : undefined));

const cases: readonly [column: string, text: string, member: string, value: string | null | undefined][] = [
  ['product', 'フレッツ 光ネクスト', 'product', 'フレッツ 光ネクスト'],
  ['product', '', 'product', undefined],
  ['product', '-', 'product', null],
  ['options', 'ひかり電話;フレッツ・ドットネット', 'options', 'ひかり電話;フレッツ・ドットネット'],
  ['telephone', '03-1234-5678', 'telephone', '+81312345678'],
  ['telephone', '0312345678', 'telephone', '+81312345678'],
  ['telephone', '（０３）１２３４−５６７８', 'telephone', '+81312345678'],
  ['telephone', '090-1234-5678', 'telephone', '+819012345678'],
  ['telephone', '+81 3 1234 5678', 'telephone', '+81312345678'],
  ['telephone', '-', 'telephone', null],
  ['holder_kana', 'ﾄｳｻﾞｲ ﾊﾅｺ', 'holderKana', 'トウザイ ハナコ'],
  ['holder_kana', 'とうざい　はなこ', 'holderKana', 'とうざい はなこ'],
  ['holder_kana', 'カ）シノノメ', 'holderKana', 'カ)シノノメ'],
  ['postal_code', '1000001', 'postalCode', '100-0001'],
  ['postal_code', '〒１００−０００１', 'postalCode', '100-0001'],
  ['address', '東京都千代田区千代田1-1', 'address', '東京都千代田区千代田1-1'],
  ['building', '  千代田ビル 3階 ', 'building', '千代田ビル 3階'],
];

describe('a field of a line file', () => {
  for (const [column, text, member, value] of cases) {
    test(`${column} ${JSON.stringify(text)} is ${String(value)}`, () => {
      const details = read(column, text);
      assert.ok(!('code' in details));
      assert.deepEqual(details, { ...read('', ''), [member]: value });
    });
  }
});

const refused: readonly [column: string, text: string, code: string][] = [
  ['product', '長'.repeat(61), 'product-invalid'],
  ['options', '\u202eフレッツ', 'options-invalid'],
  ['telephone', '12345678', 'telephone-invalid'],
  ['telephone', '0312', 'telephone-invalid'],
  ['telephone', '+8103', 'telephone-invalid'],
  ['telephone', '代表', 'telephone-invalid'],
  ['holder_kana', '東西花子', 'holder-kana-invalid'],
  ['holder_kana', 'ア'.repeat(121), 'holder-kana-invalid'],
  ['postal_code', '100-001', 'postal-code-invalid'],
  ['address', '\u200b', 'address-invalid'],
  ['building', '長'.repeat(121), 'building-invalid'],
];

describe('a row is refused, without quoting what it says, for', () => {
  for (const [column, text, code] of refused) {
    test(`${column} ${JSON.stringify(text.slice(0, 12))}`, () => {
      const fault = read(column, text);
      assert.ok('code' in fault);
      assert.equal(fault.code, code);
      assert.ok(!fault.reason.includes(text));
    });
  }
});
