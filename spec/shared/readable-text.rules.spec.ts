import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReadableText, READABLE } from '../../src/shared/readable-text.rules.ts';

const readable: [name: string, text: string][] = [
  ['letters', 'Video 48 h'],
  ['Japanese', '映画レンタル　48時間'],
  ['a combining dakuten', 'か\u3099くせい'],
  ['a kanji with its variation', '葛\u{e0100}飾'],
  ['an emoji of several', '👨‍👩‍👧 家族'],
  ['an emoji in a colour of skin', '👍🏽'],
  ['a heart with its selector', '❤\ufe0f'],
  ['a key cap', '1\ufe0f\u20e3'],
  ['the flag of a country', '🇯🇵'],
  ['the flag of a part of one', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
  ['a joiner between letters', 'نامه\u200cای'],
  ['a sign alone', '…'],
  ['a soft hyphen within a word', 'ver\u00adlängert'],
];

const unreadable: [name: string, text: string][] = [
  ['nothing', ''],
  ['blanks', ' \u3000\u00a0'],
  ['a blank at its beginning', ' a'],
  ['a blank at its end', 'a\u3000'],
  ...[
    '\u200b',
    '\u3164',
    '\ufeff',
    '\u2800',
    '\u00ad',
    '\u115f',
    '\u1160',
    '\uffa0',
    '\u034f',
    '\u200d',
    '\u180e',
    '\ufe0f',
    '\u{e0100}',
    '\u3099',
  ].map((text): [string, string] => [`only ${nameOf(text)}`, text]),
  ...[
    '\u0000',
    '\u0009',
    '\n',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
    '\u061c',
    '\u200e',
    '\u200f',
    '\u200b',
    '\u2060',
    '\u2064',
    '\ufeff',
    '\ufff9',
    '\ufffc',
    '\ufffd',
    '\ud800',
    '\udc00',
    '\ue000',
    '\uf8ff',
    '\u{f0000}',
    '\ufdd0',
    '\ufffe',
    '\u{1ffff}',
    '\u{e0001}',
    '\u{e0041}',
    '\u{1d173}',
  ].map((text): [string, string] => [`${nameOf(text)} in it`, `a${text}b`]),
  ['tags behind another flag', `🏳\u{e0067}\u{e0062}\u{e007f}`],
  ['a flag of tags without its end', '🏴\u{e0067}\u{e0062}\u{e0065}'],
  ['a row of variation selectors', `a\ufe0f\ufe0e`],
  ['a row of selectors behind a kanji', `葛\u{e0100}\u{e0101}`],
];

function nameOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const pattern = new RegExp(READABLE, 'u');

for (const [name, text] of readable) {
  test(`people can read ${name}`, () => {
    assert.deepEqual([isReadableText(text), pattern.test(text)], [true, true]);
  });
}
for (const [name, text] of unreadable) {
  test(`people cannot read ${name}`, () => {
    assert.deepEqual([isReadableText(text), pattern.test(text)], [false, false]);
  });
}

test('needs no longer for a text that is designed to be slow', () => {
  const startedMs = performance.now();
  for (const unit of ['a ', '🏴', '\ufe0f', '\u200d', '❤\ufe0f'])
    isReadableText(`${unit.repeat(50_000)}\u0000`);
  assert.ok(performance.now() - startedMs < 2_000);
});
