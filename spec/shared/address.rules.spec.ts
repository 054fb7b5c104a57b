import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmailAddress, WEB_ADDRESS } from '../../src/shared/address.rules.ts';

test('an e-mail address is ASCII with a host, with any name before the @ that carriers have issued', () => {
  for (const text of [
    'a@b.jp',
    'hanako.t+x@mail.example.co.jp',
    'a..b.@docomo.example',
    '"a..b"@docomo.example',
    'x@xn--r8jz45g.xn--zckzah',
  ])
    assert.ok(isEmailAddress(text), text);
  const wrong = [
    '',
    'hanako',
    '@b.jp',
    'a@',
    'a@b',
    'a@b.',
    'a@.jp',
    'a@b..jp',
    'a@-b.jp',
    'a b@c.jp',
    'a@b@c.jp',
    'ａ@b.jp',
    'a＠b.jp',
    'a@ｂ.jp',
    'a@b.ｊｐ',
    'a@例え.jp',
    'a@b.jp\n',
    'a@b\u200b.jp',
    'a@127.0.0.1',
    '"a@b.jp',
    `${'a'.repeat(65)}@b.jp`,
    `a@${'b.'.repeat(130)}jp`,
  ];
  for (const text of wrong) assert.equal(isEmailAddress(text), false, text);
});

test('a web address is http or https and ASCII, without a name before the host', () => {
  const pattern = new RegExp(WEB_ADDRESS, 'u');
  for (const text of [
    'https://shop.example',
    'http://localhost:8080/a?b=c#d',
    'https://shop.example?x=1',
    'https://[::1]:8080/',
  ])
    assert.ok(pattern.test(text), text);
  for (const text of [
    '',
    'shop.example',
    'javascript:alert(1)',
    'ftp://a',
    'https://',
    'https:///x',
    'https://a@b.example',
    'https://shop.example/ａ',
    'https://ｓhop.example',
    'https://shop.example/a b',
    'https://shop.example/\u202e',
    'https://a.example\n',
  ])
    assert.equal(pattern.test(text), false, text);
});
