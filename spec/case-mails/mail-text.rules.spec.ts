import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordsOfHtml } from '../../src/case-mails/html-words.rules.ts';
import { isAutomatic, ownWords, readCaseNumber, readableLine } from '../../src/case-mails/mail-text.rules.ts';

describe('the text of a mail', () => {
  it('is what its sender wrote, without what is quoted below', () => {
    assert.equal(ownWords('はい。\n\n> いいえ。\n＞ 何。\n以上', 100), 'はい。\n\n以上');
    assert.equal(ownWords('Yes.\n\nOn Mon, 4 May 2026, support wrote:\nNo.', 100), 'Yes.');
    assert.equal(ownWords('了解です。\n-----Original Message-----\nFrom: x', 100), '了解です。');
  });

  it('is cut to its bound, never within a character, and is never empty', () => {
    assert.equal(ownWords('あ'.repeat(200), 100), `${'あ'.repeat(99)}…`);
    assert.ok(ownWords('𠮷'.repeat(200), 100).isWellFormed());
    assert.ok(ownWords('𠮷'.repeat(200), 100).length <= 100);
    assert.equal(ownWords('\u202e\u200b', 100), '…');
  });

  it('of megabytes of blanks is read like any other, as far as its beginning', () => {
    assert.equal(ownWords(`Hello.${' '.repeat(5_000_000)}x`, 100), 'Hello.');
    assert.equal(ownWords('\u3000'.repeat(5_000_000), 100), '…');
  });

  it('and the subject have nothing that hides or disguises', () => {
    assert.equal(readableLine('a\u202e\tb\r\nBcc: c\u0000', 100), 'a b Bcc: c');
    assert.equal(ownWords('a\u202eb\u0007c', 100), 'abc');
  });

  it('in HTML alone is its words, without scripts and styles, however they are broken', () => {
    assert.equal(wordsOfHtml('<p>A &amp; B</p><script>x</script>C&#x4e00;').trim(), 'A & B\nC一');
    assert.equal(wordsOfHtml('Hi<style>p{}'), 'Hi');
    assert.equal(wordsOfHtml('&#xd800;&#9999999;'), '');
  });

  it('of HTML takes no longer for openings without an end', () => {
    const text = wordsOfHtml('<'.repeat(200_000) + '<script'.repeat(30_000));
    assert.ok(text.length <= 200_000);
  });
});

describe('the subject of a mail', () => {
  it('names a case in any width and case', () => {
    assert.equal(readCaseNumber('Re: 件（受付番号 c-2026-000123）'), 'C-2026-000123');
    assert.equal(readCaseNumber('Ｃ－２０２６－０００１２３'.normalize('NFKC')), 'C-2026-000123');
    assert.equal(readCaseNumber('C-2026-0001234'), undefined);
    assert.equal(readCaseNumber('hello'), undefined);
  });
});

describe('a mail that a program sent', () => {
  for (const [name, value, expected] of [
    ['auto-submitted', 'auto-replied', true],
    ['auto-submitted', 'no', false],
    ['precedence', 'bulk', true],
    ['return-path', '<>', true],
    ['list-id', '<x.example>', true],
    ['content-type', 'multipart/report; report-type=delivery-status', true],
    ['subject', 'x', false],
  ] as const)
    it(`with ${name}: ${value} is ${expected ? '' : 'not '}recognised`, () => {
      assert.equal(isAutomatic(new Map([[name, value]])), expected);
    });
});
