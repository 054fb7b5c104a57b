import assert from 'node:assert/strict';
import { test } from 'node:test';
import { substitute, type Coverage } from '../../../templates/pdf/substitute.rules.ts';

const letters = new Set(['ゲ', 'ー', 'ム', 'a', 'b', ' ', '1', '葛']);
const emoji = new Set(['🎮', '👍', '👍🏽', '❤', '👩', '🐈', '1\u{fe0f}\u{20e3}']);
const western = new Set(['Ł', 'ó', 'a', 'ź']);
const covers: Coverage = {
  further: (text) =>
    text === '한'
      ? 'korean'
      : Array.from(text).every((letter) => western.has(letter))
        ? 'western'
        : undefined,
  own: (text) => Array.from(text).every((letter) => letters.has(letter)),
  emoji: (text) => emoji.has(text),
};

const cases = [
  {
    name: 'takes what the own font has together, and emoji one by one',
    text: '🎮ゲーム🎮🎮',
    pieces: [
      { font: 'emoji', text: '🎮', meant: '🎮' },
      { font: 'own', text: 'ゲーム' },
      { font: 'emoji', text: '🎮', meant: '🎮' },
      { font: 'emoji', text: '🎮', meant: '🎮' },
    ],
  },
  {
    name: 'keeps what is one letter for the reader together',
    text: '👍🏽1\u{fe0f}\u{20e3}',
    pieces: [
      { font: 'emoji', text: '👍🏽', meant: '👍🏽' },
      { font: 'emoji', text: '1\u{fe0f}\u{20e3}', meant: '1\u{fe0f}\u{20e3}' },
    ],
  },
  {
    name: 'draws without the marks that are not seen, and means them',
    text: '❤\u{fe0f}',
    pieces: [{ font: 'emoji', text: '❤', meant: '❤\u{fe0f}' }],
  },
  {
    name: 'takes a sequence that the font of emoji does not know apart',
    text: '👩\u{200d}🐈',
    pieces: [
      { font: 'emoji', text: '👩', meant: '👩' },
      { font: 'emoji', text: '🐈', meant: '🐈' },
    ],
  },
  {
    name: 'sets a geta for each letter that no font has',
    text: 'a㐀 q\u{301}b',
    pieces: [
      { font: 'own', text: 'a' },
      { font: 'own', text: '〓', meant: '㐀' },
      { font: 'own', text: ' ' },
      { font: 'own', text: '〓', meant: 'q\u{301}' },
      { font: 'own', text: 'b' },
    ],
  },
  {
    name: 'draws a word in one font, and joins pieces of a font',
    text: 'ab Łóaz\u{301}ゲ한한',
    pieces: [
      { font: 'own', text: 'ab ' },
      { font: 'western', text: 'Łóaź' },
      { font: 'own', text: 'ゲ' },
      { font: 'korean', text: '한한' },
    ],
  },
  {
    name: 'leaves out what nobody sees, and takes one blank for another',
    text: '\u{200b}a\u{200d}\u{202e}b\u{2009}a\n葛\u{e0100}',
    pieces: [{ font: 'own', text: 'ab a 葛' }],
  },
  { name: 'has nothing to draw of a text that nobody sees', text: '\u{fe0f}\u{200d}', pieces: [] },
] as const;

for (const { name, text, pieces } of cases) {
  test(name, () => assert.deepEqual(substitute(text, covers), pieces));
}
