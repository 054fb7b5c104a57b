import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseConfig } from '../../config/config.ts';
import { parseEligibleProducts } from '../../config/eligible-products.ts';
import { isEligible } from '../../src/lines/eligibility.rules.ts';
import type { EligibleProduct } from '../../src/shared/access-product.rules.ts';

const { eligibleProducts } = parseConfig({});

const cases: readonly [product: string | null, options: string | null, eligible: boolean][] = [
  [null, null, true],
  [null, 'フレッツ・ドットネット', true],
  ['フレッツ 光ネクスト', null, true],
  ['フレッツ光ネクスト', null, true],
  ['フレッツ　光ライト', null, true],
  ['Bフレッツ', null, true],
  ['Ｂフレッツ', null, true],
  ['ﾌﾚｯﾂ・ADSL', 'ﾌﾚｯﾂ･ﾄﾞｯﾄﾈｯﾄ', true],
  ['フレッツ・ADSL', 'ひかり電話;フレッツ・ドットネット', true],
  ['フレッツ・ADSL', 'ひかり電話；フレッツ・ドットネット', true],
  ['フレッツ・ADSL', 'ひかり電話', false],
  ['フレッツ・ADSL', null, false],
  ['フレッツ・ISDN', null, false],
  ['フレッツ・ISDN', 'フレッツ・ドットネット', false],
  ['フレッツ 光ネクスト マンション', null, false],
];

describe('whether a line may pay', () => {
  for (const [product, options, eligible] of cases) {
    test(`${product ?? 'no product'} with ${options ?? 'no option'}: ${eligible ? 'yes' : 'no'}`, () => {
      assert.equal(isEligible(eligibleProducts, { product, options }), eligible);
      assert.equal(isEligible(eligibleProducts, { product, options }), eligible, 'a second time');
    });
  }

  test('with * every line may, and another setting decides by itself', () => {
    const access = { product: 'フレッツ・ISDN', options: null };
    assert.equal(isEligible(parseConfig({ ELIGIBLE_PRODUCTS: '*' }).eligibleProducts, access), true);
    const isdn = parseEligibleProducts('フレッツ・ISDN') as readonly EligibleProduct[];
    assert.equal(isEligible(isdn, access), true);
    assert.equal(isEligible(isdn, { product: 'Bフレッツ', options: null }), false);
  });
});

for (const [setting, fault] of [
  ['フレッツ 光ネクスト,,Bフレッツ', /empty name/],
  ['フレッツ・ADSL+', /empty name/],
  ['+フレッツ・ドットネット', /empty name/],
  ['・', /empty name/],
  ['Bフレッツ,Ｂフレッツ', /twice/],
  ['A+B+C,A+C+B', /twice/],
  ['*,Bフレッツ', /besides \*/],
] as const) {
  test(`the setting ${setting} is refused`, () => {
    assert.match(parseEligibleProducts(setting) as string, fault);
    assert.throws(() => parseConfig({ ELIGIBLE_PRODUCTS: setting }), /ELIGIBLE_PRODUCTS/);
  });
}

test('one product may be named with different options', () => {
  assert.equal(typeof parseEligibleProducts('ADSL+A,ADSL+B'), 'object');
});
