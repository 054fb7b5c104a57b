import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readForwarded, readForwardedFor, readHop } from '../../src/http/client-address.rules.ts';
import { formatAddress, parseAddress } from '../../src/shared/ip-address.rules.ts';

const written = (address: ReturnType<typeof readHop>) => address && formatAddress(address);

describe('address of a hop', () => {
  for (const [text, address] of [
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    [' 203.0.113.7\t', '203.0.113.7'],
    ['203.0.113.7:0', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:A', '2001:db8::a'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:DB8::1]:443', '2001:db8::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25en0]:443', 'fe80::1'],
  ] as const) {
    it(`is ${address} in "${text}"`, () => assert.equal(written(readHop(text)), address));
  }

  for (const text of [
    '',
    ' ',
    'unknown',
    '_hidden',
    'garbage',
    'proxy.example',
    'proxy.example:443',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.07',
    '203.0.113.7:',
    '203.0.113.7:65536',
    '203.0.113.7:http',
    '203.0.113.7:_port',
    '203.0.113.7:80:80',
    '203.0.113.7%eth0',
    '203.0.113.7 51234',
    '[203.0.113.7]',
    '[203.0.113.7]:443',
    '[2001:db8::1',
    '2001:db8::1]',
    '[2001:db8::1]443',
    '[2001:db8::1]:',
    '[[2001:db8::1]]',
    '2001:db8:0:0:0:0:0:1:443',
    '"203.0.113.7"',
    '0.0.0.0',
    '::',
    '::ffff:0.0.0.0',
    '2001:db8::1%',
  ]) {
    it(`is none in "${text}"`, () => assert.equal(readHop(text), undefined));
  }

  it('is the same with and without port, brackets, zone and capitals', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), port, fc.boolean(), (text, number, isUpper) => {
        const address = parseAddress(text)!;
        if (address.bytes.every((byte) => byte === 0)) return;
        const isIpv6 = text.includes(':');
        const host = isUpper ? text.toUpperCase() : text;
        const forms = isIpv6
          ? [host, `[${host}]`, `[${host}]:${number}`, `${host}%eth0`, ` [${host}%eth0]:${number} `]
          : [host, `${host}:${number}`, ` ${host}`];
        for (const form of forms) assert.equal(written(readHop(form)), formatAddress(address), form);
      }),
    );
  });

  it('is one that its own text gives again, or none, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f.:[\]%_ ]{0,40}$/)), (text) => {
        const address = readHop(text);
        if (address) assert.deepEqual(parseAddress(formatAddress(address)), address);
      }),
    );
  });
});

describe('address in X-Forwarded-For', () => {
  it('is the last hop, whatever browsers and other proxies claim before it', () => {
    assert.equal(written(readForwardedFor('unknown, 198.51.100.1 ,203.0.113.7:51234')), '203.0.113.7');
    assert.equal(written(readForwardedFor('[2001:db8::1]:443')), '2001:db8::1');
  });

  it('is none where the last hop is none, even if an earlier one is', () => {
    for (const value of [
      '198.51.100.1,',
      '198.51.100.1, ',
      '198.51.100.1, unknown',
      '198.51.100.1 203.0.113.7',
      ',',
    ])
      assert.equal(readForwardedFor(value), undefined, value);
  });
});

describe('address in Forwarded (RFC 7239)', () => {
  for (const [value, address] of [
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="203.0.113.7:51234"', '203.0.113.7'],
    ['for=203.0.113.7:51234', '203.0.113.7'],
    ['for="203.0.113.7:_port"', '203.0.113.7'],
    ['FOR="[2001:DB8::1]:443";proto=https;by=203.0.113.43', '2001:db8::1'],
    ['proto=https;for="[2001:db8::1]"', '2001:db8::1'],
    ['for=198.51.100.1, for=203.0.113.7', '203.0.113.7'],
    ['for=_hidden;by="a, b;for=198.51.100.1" , for=203.0.113.7 ; proto=http', '203.0.113.7'],
    ['for="203\\.0.113.7"', '203.0.113.7'],
    ['for=203.0.113.7;', '203.0.113.7'],
    ['by="quoted \\" quote";for=203.0.113.7', '203.0.113.7'],
  ] as const) {
    it(`is ${address} in ${value}`, () => assert.equal(written(readForwarded(value)), address));
  }

  for (const value of [
    '',
    'unknown',
    '203.0.113.7',
    'for=',
    'for=unknown',
    'for=_hidden',
    'for="_hidden:80"',
    'by=203.0.113.7',
    'for=203.0.113.7,',
    'for=203.0.113.7, by=198.51.100.1',
    'for=203.0.113.7;for=198.51.100.1',
    'for="198.51.100.1, for=203.0.113.7',
    'x="198.51.100.1, for="[2001:db8::1]:443"',
    'for="203.0.113.7"x',
    'for=203.0.113.7 proto=https',
    'for = 203.0.113.7',
  ]) {
    it(`is none in ${value || 'nothing'}`, () => assert.equal(readForwarded(value), undefined));
  }

  it('is what the proxy appended or none, whatever a browser sent before it', () => {
    const claim = fc.oneof(fc.string(), fc.stringMatching(/^[for="[\],;\\ 0-9.:]{0,30}$/));
    fc.assert(
      fc.property(claim, (sent) => {
        const address = written(readForwarded(`${sent}, for="203.0.113.7:51234";proto=https`));
        assert.ok(address === undefined || address === '203.0.113.7', String(address));
      }),
    );
  });
});
