import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOnSite, isOrigin, readSiteOrigin } from '../../src/shared/origin.rules.ts';

describe('origin of a company’s site', () => {
  for (const origin of [
    'https://shop.example',
    'https://shop.example:8443',
    'https://a-b.c1.shop.example',
    'https://xn--xckya1d0c.example',
    'https://203.0.113.7',
    'http://localhost',
    'http://localhost:3000',
    'https://localhost:3000',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
  ]) {
    it(`may be ${origin}`, () => {
      assert.equal(readSiteOrigin(origin), origin);
      assert.equal(isOrigin(origin), true);
    });
  }

  it('is stored as browsers send it if its name is international', () => {
    assert.equal(readSiteOrigin('https://ショップ.example'), 'https://xn--xckya1d0c.example');
    assert.equal(readSiteOrigin('https://ショップ.example:8443'), 'https://xn--xckya1d0c.example:8443');
  });

  for (const text of [
    '',
    'shop.example',
    '//shop.example',
    'https:',
    'https://',
    'https:shop.example',
    'https:/shop.example',
    'https:///shop.example',
    'https:\\\\shop.example',
    'https://shop.example/',
    'https://shop.example/a',
    'https://shop.example?',
    'https://shop.example?a',
    'https://shop.example#',
    'https://shop.example\\',
    'https://user@shop.example',
    'https://user:secret@shop.example',
    'https://@shop.example',
    'https://shop.example@evil.example',
    'https://*.shop.example',
    'https://*',
    'https://shop.example:443',
    'https://shop.example:',
    'https://shop.example:0x1',
    'https://shop.example:99999',
    'https://Shop.example',
    'HTTPS://shop.example',
    ' https://shop.example',
    'https://shop.example ',
    'https://shop.example\n',
    'https://sh\top.example',
    'https://shop..example',
    'https://shop.example.',
    'https://-shop.example',
    'https://shop_1.example',
    'https://sh%6Fp.example',
    'https://shop',
    'https://[2001:db8::1]',
    'https://0x7f.1',
    'http://shop.example',
    'http://127.0.0.2',
    'ftp://shop.example',
    'javascript://shop.example',
    'null',
    'https://shop.example,https://other.example',
    'https://shop.example; script-src *',
    'https://ショップ.example/',
    'https://利用者@ショップ.example',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(readSiteOrigin(text), undefined));
  }
});

describe('address on a site', () => {
  const SITE = 'https://shop.example';
  for (const address of [
    'https://shop.example',
    'https://shop.example/',
    'https://shop.example:443/thanks',
    'https://Shop.Example/thanks',
    'HTTPS://shop.example/thanks?a=b#c',
    'https://shop.example/@user',
    'https://shop.example/?next=https://evil.example/',
    'https://shop.example?a@b',
  ]) {
    it(`is ${address}`, () => assert.equal(isOnSite(address, SITE), true));
  }

  for (const address of [
    '',
    '/thanks',
    '//shop.example/',
    'https:shop.example/',
    'https:/shop.example/',
    'https:///shop.example/',
    'http://shop.example/',
    'https://shop.example:8443/',
    'https://shop.example.evil.example/',
    'https://evil.example/shop.example',
    'https://shop.example@evil.example/',
    'https://shop.example:x@evil.example/',
    'https://user@shop.example/',
    'https://user:secret@shop.example/',
    'https://:secret@shop.example/',
    'https://@shop.example/',
    'https://shop.example\\@evil.example/',
    'https://evil.example\\@shop.example/',
    'https:\\\\shop.example\\',
    'https://shop.example\\.evil.example',
    'https://shop.example /',
    ' https://shop.example/',
    'https://shop.example/\n',
    'https://shop.example/a\r\nSet-Cookie: a=b',
    'https://shop.exam\tple/',
    'https://shop.example/\u0000',
    'https://shop.example/ショップ',
    'https://shop.example/"',
    'https://shop.example/<a>',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://shop.example/x',
  ]) {
    it(`is not ${JSON.stringify(address)}`, () => assert.equal(isOnSite(address, SITE), false));
  }

  it('may have a port where the site has it', () => {
    assert.equal(isOnSite('http://localhost:3000/x', 'http://localhost:3000'), true);
    assert.equal(isOnSite('http://localhost/x', 'http://localhost:3000'), false);
  });
});
