import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toBankCharacters, type BankField } from '../../src/shared/bank-characters.rules.ts';

const carried: [entered: string, field: BankField, text: string][] = [
  ['カ）シノノメ', 'payee', 'ｶ)ｼﾉﾉﾒ'],
  ['株式会社コンテンツ', 'payee', 'ｶ)ｺﾝﾃﾝﾂ'],
  ['コンテンツ株式会社', 'payee', 'ｺﾝﾃﾝﾂ(ｶ'],
  ['㈱コンテンツ', 'payee', 'ｶ)ｺﾝﾃﾝﾂ'],
  ['（株）コンテンツ', 'payee', 'ｶ)ｺﾝﾃﾝﾂ'],
  ['有限会社ミホン', 'payee', 'ﾕ)ﾐﾎﾝ'],
  ['ミホン合同会社', 'payee', 'ﾐﾎﾝ(ﾄﾞ'],
  ['ﾄﾞ)ﾐﾎﾝ', 'payee', 'ﾄﾞ)ﾐﾎﾝ'],
  ['みほん　たろう', 'payee', 'ﾐﾎﾝ ﾀﾛｳ'],
  ['ミホン．コム', 'payee', 'ﾐﾎﾝ.ｺﾑ'],
  ['Mihon 24', 'payee', 'MIHON 24'],
  ['ＭＩＨＯＮ２４', 'payee', 'MIHON24'],
  ['ミホンギンコウ', 'bank', 'ﾐﾎﾝｷﾞﾝｺｳ'],
  ['ホンテン', 'bank', 'ﾎﾝﾃﾝ'],
  ['ァィゥェォッャュョヮヵヶ', 'bank', 'ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ'],
  ['ｧｨｩｪｫｯｬｭｮ', 'bank', 'ｱｲｳｴｵﾂﾔﾕﾖ'],
  ['コーヒーｰ－―', 'bank', 'ｺ-ﾋ----'],
  ['ヴぱガ', 'bank', 'ｳﾞﾊﾟｶﾞ'],
  ['カ\u3099ハ\u309aシ\u309b', 'bank', 'ｶﾞﾊﾟｼﾞ'],
  ['ﾊﾟｶﾞ', 'bank', 'ﾊﾟｶﾞ'],
  ['ガガガガガガガ1', 'bank', 'ｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞ1'],
  // Cut to the bytes of the field: a voicing mark is never cut from its kana.
  ['ガガガガガガガガ', 'bank', 'ｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞ'],
  ['アガガガガガガガガ', 'bank', 'ｱｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞ'],
  ['ア'.repeat(31), 'payee', 'ｱ'.repeat(30)],
  [`${'ア'.repeat(29)} イ`, 'payee', 'ｱ'.repeat(29)],
];

const refused: [entered: string, field: BankField, fault: RegExp][] = [
  ['東雲', 'payee', /kanji \(東\)/],
  ['みずほ銀行', 'bank', /kanji \(銀\)/],
  ['株式会社', 'payee', /kanji/],
  ['ミホン々', 'payee', /kanji/],
  ['ヲトメ', 'payee', /ｦ|ヲ/],
  ['をとめ', 'bank', /ヲ/],
  ['A,B', 'payee', /has ,/],
  ["O'HARA", 'payee', /has '/],
  ['A+B', 'payee', /has \+/],
  ['A/B', 'payee', /has \//],
  ['A:B', 'payee', /has :/],
  ['A?', 'payee', /has \?/],
  ['ア・イ', 'payee', /has ・/],
  ['「ア」', 'payee', /has 「/],
  ['¥100', 'payee', /has ¥/],
  ['ﾞア', 'payee', /voicing mark/],
  ['ア ﾞ', 'payee', /voicing mark/],
  ['ミホン ギンコウ', 'bank', /cannot carry here/],
  ['ミホン（カ', 'bank', /has \(/],
  ['ミホン.', 'bank', /has \./],
  [' ', 'payee', /empty/],
  ['😀', 'payee', /has 😀/],
];

for (const [entered, field, text] of carried) {
  test(`${entered} is ${text} in a bank file`, () => {
    assert.deepEqual(toBankCharacters(entered, field), { text });
    assert.deepEqual(toBankCharacters(text, field), { text }, 'what is converted stays as it is');
  });
}
for (const [entered, field, fault] of refused) {
  test(`${JSON.stringify(entered)} cannot be a ${field} in a bank file`, () => {
    const converted = toBankCharacters(entered, field);
    assert.ok('fault' in converted);
    assert.match(converted.fault, fault);
  });
}

test('every converted name has the characters and the bytes of its field', () => {
  const shapes = { payee: /^[ｱ-ﾝﾞﾟA-Z0-9 ().-]{1,30}$/, bank: /^[ｱ-ﾝﾞﾟA-Z0-9-]{1,15}$/ };
  const kana = fc.string({
    unit: fc.constantFrom(...'アガパァッーヴあがぱ・ｱｶﾞ1aＡ（）. 株社㈱'.split('')),
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      fc.oneof(kana, fc.string({ unit: 'binary' })),
      fc.constantFrom('payee', 'bank'),
      (name, field) => {
        const converted = toBankCharacters(name, field);
        if ('text' in converted) assert.match(converted.text, shapes[field]);
      },
    ),
    { numRuns: 2_000 },
  );
});
