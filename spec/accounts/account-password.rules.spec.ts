import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findPasswordFault } from '../../src/accounts/account-password.rules.ts';
import { loadCommonPasswords } from '../../src/accounts/common-passwords.ts';

const common = await loadCommonPasswords();
const personal = ['hanako@carrier.example', 'hanako', 'carrier', '山田', '花子', 'tabane'];
const faultOf = (password: string) =>
  findPasswordFault({ password, personal, isCommon: (word) => common.has(word) });

describe('the password of an account', () => {
  for (const [password, fault] of [
    ['', 'length'],
    ['short-one', 'length'],
    ['elevenchars', 'length'],
    ['x'.repeat(129), 'length'],
    ['password1234', 'common'],
    ['Password2026!', 'common'],
    ['P@ssw0rd2026', 'common'],
    ['ｐａｓｓｗｏｒｄ２０２６', 'common'],
    ['qwertyuiop123', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['abcabcabcabcabc', 'common'],
    ['123456789012', 'common'],
    ['abcdefghijklm', 'common'],
    ['zyxwvutsrqponm', 'common'],
    ['hanako-hanako', 'personal'],
    ['hanako.carrier!', 'personal'],
    ['山田花子山田花子山田花子', 'common'],
    ['correct horse battery staple', undefined],
    ['tanuki-under-the-bridge', undefined],
    ['きつねとたぬきの化かし合い', undefined],
    ['hanako sleeps under the big tree', undefined],
    ['Zr7!kq0PwLm2', undefined],
  ] as const) {
    it(`${JSON.stringify(password.slice(0, 30))} is ${fault === undefined ? 'permitted' : `refused: ${fault}`}`, () => {
      assert.equal(faultOf(password), fault);
    });
  }

  it('is refused for every common one of that length, also with digits behind', () => {
    const long = [...common].filter((word) => word.length >= 12 && word.length <= 100);
    assert.ok(long.length > 100);
    for (const word of long) assert.ok(faultOf(word) !== undefined, word);
    for (const word of [...common].filter((one) => /^[a-z]{8,}$/.test(one)).slice(0, 500))
      assert.ok(faultOf(`${word}2026!`) !== undefined, word);
  });

  it('is permitted whenever it is random, whatever characters it has', () => {
    const random = fc.string({
      minLength: 16,
      maxLength: 64,
      unit: fc.constantFrom(...Array.from('qzxjvkwpbh09-')),
    });
    fc.assert(
      fc.property(random, (password) => new Set(password).size < 8 || faultOf(password) === undefined),
    );
  });
});
