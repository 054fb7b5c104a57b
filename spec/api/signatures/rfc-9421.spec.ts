import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertDigest } from '../../../src/api/signatures/content-digest.rules.ts';
import { buildSignatureBase } from '../../../src/api/signatures/signature-base.rules.ts';
import { isSignedBy, readPublicKey } from '../../../src/signing-keys/public-key.rules.ts';

/** RFC 9421 appendix B: keys, the request and its signatures. */
const rsaKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----`;
const edKey = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;
const digest =
  'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:';
const request = {
  method: 'POST',
  origin: 'https://example.com',
  target: '/foo?param=Value&Pet=dog',
  rawHeaders: [
    'Host',
    'example.com',
    'Date',
    'Tue, 20 Apr 2021 02:07:55 GMT',
    'Content-Type',
    'application/json',
    'Content-Digest',
    digest,
    'Content-Length',
    '18',
  ],
};

const vectors = [
  {
    name: 'B.2.1, minimal, RSA-PSS',
    key: rsaKey,
    components: [],
    parametersText: '();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    base: [
      '"@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    ],
    signature:
      'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==',
  },
  {
    name: 'B.2.3, full coverage, RSA-PSS',
    key: rsaKey,
    components: [
      'date',
      '@method',
      '@path',
      '@query',
      '@authority',
      'content-type',
      'content-digest',
      'content-length',
    ],
    parametersText:
      '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
    base: [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@query": ?param=Value&Pet=dog',
      '"@authority": example.com',
      '"content-type": application/json',
      `"content-digest": ${digest}`,
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
    ],
    signature:
      'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==',
  },
  {
    name: 'B.2.6, ed25519',
    key: edKey,
    components: ['date', '@method', '@path', '@authority', 'content-type', 'content-length'],
    parametersText:
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    base: [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@authority": example.com',
      '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ],
    signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
  },
];

describe('the test vectors of RFC 9421', () => {
  for (const { name, key, components, parametersText, base, signature } of vectors) {
    it(`have our signature base and are verified: ${name}`, () => {
      const built = buildSignatureBase(request, { components, parametersText });
      assert.equal(built.toString(), base.join('\n'));
      const bytes = Buffer.from(signature, 'base64');
      assert.ok(isSignedBy(readPublicKey(key), built, bytes));
      assert.ok(!isSignedBy(readPublicKey(key), Buffer.concat([built, Buffer.from('\n')]), bytes));
      bytes[0]! ^= 1;
      assert.ok(!isSignedBy(readPublicKey(key), built, bytes));
    });
  }

  it('have the digest of their body', () => {
    const body = Buffer.from('{"hello": "world"}');
    assertDigest(digest, body);
    assertDigest(`unknown=:AAAA:, ${digest}`, body);
    const wrong: readonly (readonly [string, string])[] = [
      [`${digest}, sha-256=:AAAA:`, 'digest-mismatch'],
      ['sha-512=1', 'digest-mismatch'],
      ['md5=:AAAA:', 'digest-unsupported'],
      ['', 'digest-unsupported'],
      ['sha-512=:', 'malformed'],
    ];
    for (const [header, reason] of wrong)
      assert.throws(() => assertDigest(header, body), { code: 'signature-invalid', facts: { reason } });
    assert.throws(() => assertDigest(digest, Buffer.from('{"hello": "World"}')), {
      facts: { reason: 'digest-mismatch' },
    });
  });
});
