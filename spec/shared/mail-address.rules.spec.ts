import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashMailAddress, maskMailAddress, readMailAddress } from '../../src/shared/mail-address.rules.ts';

const accepted: [string, string][] = [
  ['hanako@mail.example', 'hanako@mail.example'],
  ['hanako@MAIL.Example', 'hanako@mail.example'],
  ['Hanako.Y+shop@mail.example', 'Hanako.Y+shop@mail.example'],
  // As mobile carriers once gave out: the standard takes them in quotes alone.
  ['taro..taro.@docomo.ne.jp', '"taro..taro."@docomo.ne.jp'],
  ['.taro@docomo.ne.jp', '".taro"@docomo.ne.jp'],
  ['"taro..taro."@docomo.ne.jp', '"taro..taro."@docomo.ne.jp'],
  ['"taro"@docomo.ne.jp', 'taro@docomo.ne.jp'],
  ['"taro yamada"@mail.example', '"taro yamada"@mail.example'],
  ['"a@b"@mail.example', '"a@b"@mail.example'],
  ['taro@日本語.example', 'taro@xn--wgv71a119e.example'],
  [`${'a'.repeat(64)}@mail.example`, `${'a'.repeat(64)}@mail.example`],
];

const refused: [string, string][] = [
  ['nothing', ''],
  ['no @', 'hanako'],
  ['no local part', '@mail.example'],
  ['no domain', 'hanako@'],
  ['a domain of one label', 'root@localhost'],
  ['an address literal', 'root@[127.0.0.1]'],
  ['a numeric address', 'root@127.0.0.1'],
  ['a line break and a header', 'a@mail.example\r\nBcc: b@mail.example'],
  ['a line break in the local part', 'a\nb@mail.example'],
  ['a line break in quotes', '"a\r\nb"@mail.example'],
  ['a backslash in quotes', String.raw`"a\"b"@mail.example`],
  ['two addresses', 'a@mail.example,b@mail.example'],
  ['two addresses with a semicolon', 'a;b@mail.example'],
  ['a name and an address', 'Hanako <a@mail.example>'],
  ['brackets', '<a@mail.example>'],
  ['a comment', 'a(b)@mail.example'],
  ['a blank at the end', 'a@mail.example '],
  ['a local part in kana', 'はなこ@mail.example'],
  ['a NUL', 'a\0@mail.example'],
  ['a label with a hyphen at its end', 'a@mail-.example'],
  ['a local part of 65 characters', `${'a'.repeat(65)}@mail.example`],
  ['a domain longer than an address may be', `a@${'b.'.repeat(130)}example`],
];

describe('an address', () => {
  for (const [text, address] of accepted) {
    test(`${text} is stored as ${address}`, () => {
      assert.equal(readMailAddress(text), address);
      assert.equal(readMailAddress(address), address, 'and stays as it is when read again');
    });
  }
  for (const [what, text] of refused) {
    test(`with ${what} is none`, () => assert.equal(readMailAddress(text), undefined));
  }

  test('has one mark, however it is capitalised', () => {
    assert.equal(hashMailAddress('Hanako@mail.example'), hashMailAddress('hanako@mail.example'));
    assert.notEqual(hashMailAddress('hanako@mail.example'), hashMailAddress('hanaka@mail.example'));
  });

  test('is shown by its first character and its domain', () => {
    assert.equal(maskMailAddress('hanako@mail.example'), 'h…@mail.example');
    assert.equal(maskMailAddress('"taro..taro."@docomo.ne.jp'), '"t…@docomo.ne.jp');
  });
});
