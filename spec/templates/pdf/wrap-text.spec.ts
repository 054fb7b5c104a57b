import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wrapText } from '../../../templates/pdf/wrap-text.ts';

/** A fixed-pitch measure: Latin letters are half as wide as Japanese ones. */
function measure(text: string): number {
  return Array.from(text).reduce(
    (width, letter) => width + ((letter.codePointAt(0) ?? 0) < 0x80 ? 5 : 10),
    0,
  );
}

const text = fc.string({
  unit: fc.constantFrom(...Array.from('束ね通信株式会社コンテンツ、。「」（）Web Service 2026年ー・　')),
  maxLength: 80,
});

test('loses no letter in wrapping, and no line is wider than allowed', () => {
  const isSpace = /\s/gu;
  fc.assert(
    fc.property(text, fc.integer({ min: 30, max: 300 }), (words, width) => {
      const lines = wrapText(words, width, measure);
      assert.equal(lines.join('').replace(isSpace, ''), words.replace(isSpace, ''));
      for (const line of lines) assert.ok(measure(line) <= width, `"${line}" is wider than ${width}`);
    }),
  );
});

test('breaks Japanese between words and keeps punctuation with the word before it', () => {
  const lines = wrapText('手数料対象額が上限を超えました。ありがとうございます。', 160, measure);
  assert.deepEqual(lines, ['手数料対象額が上限を超えました。', 'ありがとうございます。']);
});

test('does not leave the honorific alone on a line', () => {
  assert.deepEqual(wrapText('全国コンテンツ協会　御中', 100, measure), ['全国コンテンツ', '協会　御中']);
});

test('breaks a word wider than the line where the line ends', () => {
  assert.deepEqual(wrapText('新 Donaudampfschiff', 40, measure), ['新 Donau', 'dampfsch', 'iff']);
  assert.deepEqual(wrapText(`全国${'Donau'.repeat(4)}　御中`, 100, measure), [
    '全国DonauDonauDonauD',
    'onau　御中',
  ]);
});

test('breaks a line full of punctuation, which could begin or end none', () => {
  assert.deepEqual(wrapText('！'.repeat(5), 30, measure), ['！！！', '！！']);
});
