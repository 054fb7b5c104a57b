import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseAddress, sameAddress } from '../../src/shared/ip-address.rules.ts';

describe('addresses', () => {
  for (const [text, family, hex] of [
    ['192.0.2.10', 4, 'c000020a'],
    ['::ffff:192.0.2.10', 4, 'c000020a'],
    ['::FFFF:c000:20a', 4, 'c000020a'],
    ['0:0:0:0:0:ffff:192.0.2.10', 4, 'c000020a'],
    ['2001:db8:1234::5', 6, '20010db8123400000000000000000005'],
    ['2001:DB8:1234:0:0:0:0:5', 6, '20010db8123400000000000000000005'],
    ['::', 6, '00000000000000000000000000000000'],
    ['::1', 6, '00000000000000000000000000000001'],
    ['2001:db8::', 6, '20010db8000000000000000000000000'],
    ['64:ff9b::192.0.2.10', 6, '0064ff9b0000000000000000c000020a'],
  ] as const) {
    it(`reads ${text}`, () => {
      const address = parseAddress(text);
      assert.deepEqual([address?.family, address?.bytes.toString('hex')], [family, hex]);
    });
  }

  for (const text of [
    '',
    'localhost',
    '192.0.2',
    '192.0.2.256',
    '0300.0.2.10',
    '192.0.2.10 ',
    '1::2::3',
    'fe80::1%lo',
    '[::1]',
    '192.0.2.10:80',
  ]) {
    it(`does not read "${text}"`, () => assert.equal(parseAddress(text), undefined));
  }

  it('parses any notation of an IPv6 address to its sixteen bytes', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parseAddress(text);
        assert(address);
        const groups = [...address.bytes.toString('hex').matchAll(/.{4}/g)].map(([group]) => group);
        const written = address.family === 4 ? [...address.bytes].join('.') : groups.join(':');
        const again = parseAddress(written);
        assert(again && sameAddress(address, again));
        // The platform's own reader of addresses agrees.
        if (address.family === 6) assert.equal(hostOf(text), hostOf(written));
      }),
    );
  });

  it('distinguishes families and addresses', () => {
    const [one, other, six] = ['192.0.2.10', '192.0.2.11', '::c000:20a'].map((text) => parseAddress(text)!);
    assert(one && other && six);
    assert.deepEqual(
      [sameAddress(one, one), sameAddress(one, other), sameAddress(one, six)],
      [true, false, false],
    );
  });
});

const hostOf = (address: string): string => new URL(`http://[${address}]/`).hostname;
