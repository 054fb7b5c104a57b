import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findWords, likePattern } from '../../src/companies/search-words.rules.ts';

for (const [text, words] of [
  ['', []],
  ['　 \t', []],
  ['動画', ['動画']],
  ['ﾄﾞｳｶﾞ　ＡＢＣ', ['ドウガ', 'ABC']],
  ['a a b', ['a', 'b']],
  ['1 2 3 4 5 6 7 8 9 10', ['1', '2', '3', '4', '5', '6', '7', '8']],
] as const) {
  test(`${JSON.stringify(text)} is searched for ${words.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(findWords(text), words);
  });
}

test('the signs of LIKE are ordinary characters of a word', () => {
  assert.equal(likePattern('50%_!'), '%50!%!_!!%');
});
