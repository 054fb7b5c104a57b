import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileInputCheck } from '../../src/shared/check-input.ts';
import { messageText, normaliseMessage } from '../../src/shared/message-text.rules.ts';

const check = compileInputCheck<{ text: string }>({ text: messageText });

describe('a message', () => {
  const normalised: readonly [string, string][] = [
    [
      'one\r\ntwo\rthree\u0085four\u2028five\u2029six\vseven\feight',
      'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight',
    ],
    ['  a  \n\tb\t\n', 'a\n b'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    [' \r\n ', ''],
    ['お世話になります。\u3000\n返金は？', 'お世話になります。\n返金は？'],
    ['x\r\nBcc: victim@example.com\r\n\r\nspam', 'x\nBcc: victim@example.com\n\nspam'],
  ];
  for (const [text, expected] of normalised) {
    it(`${JSON.stringify(text)} is stored as ${JSON.stringify(expected)}`, () => {
      assert.equal(normaliseMessage(text), expected);
    });
  }

  it('a run of blanks of any length is read once', () => {
    const blanks = ' \t\u3000'.repeat(300_000);
    assert.equal(normaliseMessage(`${blanks}x`), 'x');
    assert.equal(normaliseMessage(`a${blanks}\nb${blanks}c`), `a\nb${blanks.replaceAll('\t', ' ')}c`);
  });

  for (const text of [
    'a',
    '<script>alert(1)</script>',
    '👨‍👩‍👧 👍🏽',
    'a\nb\n\nc',
    'x'.repeat(2_000),
    '𠮷'.repeat(2_000),
  ]) {
    it(`may be ${JSON.stringify(text.slice(0, 20))}`, () => check({ text }));
  }

  for (const text of [
    '',
    'x'.repeat(2_001),
    '\u200b',
    'a\u0000b',
    'a\u202eb',
    'a\u001bb',
    '\ud800',
    'a\u2028b',
    'a\rb',
  ]) {
    it(`may not be ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.throws(() => check({ text }), { code: 'invalid-request' });
    });
  }
});
