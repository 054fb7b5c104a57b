import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeReply, findCallCheck, verifyRequest } from '../../src/radius/aaa-server.ts';
import { parseAddress } from '../../src/shared/ip-address.rules.ts';
import { calculateMessageAuthenticator } from '../../src/radius/authenticators.ts';
import { encodeCallCheck } from '../../src/radius/call-check.ts';
import { readPacket, type Packet } from '../../src/radius/packet.ts';
import { secret } from './forging-server.ts';

function encode(address = '192.0.2.10'): Buffer {
  const check = { lineId: 'CAF1234567890', address: parseAddress(address)!, nasIdentifier: 'tabane' };
  return encodeCallCheck(check, { identifier: 200, secret });
}

/** An Access-Request with a valid Message-Authenticator, followed by these attributes. */
function requestOf(...attributes: readonly (readonly [type: number, value: string | Buffer])[]): Buffer {
  const rest = attributes.map(([type, value]) =>
    Buffer.from([type, value.length + 2, ...Buffer.from(value)]),
  );
  const bytes = Buffer.concat([
    Buffer.from([1, 5, 0, 0]),
    Buffer.alloc(16, 3),
    Buffer.from([80, 18]),
    Buffer.alloc(16),
    ...rest,
  ]);
  bytes.writeUInt16BE(bytes.length, 2);
  calculateMessageAuthenticator(bytes, {
    requestAuthenticator: bytes.subarray(4, 20),
    valueOffset: 22,
    secret,
  }).copy(bytes, 22);
  return bytes;
}

function verified(datagram: Buffer): Packet {
  const verdict = verifyRequest(datagram, secret);
  assert(verdict.kind === 'genuine');
  return verdict.request;
}

describe('the request of a line check', () => {
  for (const [address, addressAttribute] of [
    ['192.0.2.10', '0806c000020a'],
    ['::ffff:192.0.2.10', '0806c000020a'],
    ['2001:db8:1234::5', 'a81220010db8123400000000000000000005'],
  ] as const) {
    it(`holds the attributes of a Call-Check for ${address}, Message-Authenticator first`, () => {
      const bytes = encode(address);
      assert.deepEqual([bytes[0], bytes[1], bytes.readUInt16BE(2)], [1, 200, bytes.length]);
      assert.equal(bytes.toString('hex', 20, 22), '5012');
      const lineId = Buffer.from('CAF1234567890').toString('hex');
      const nasIdentifier = Buffer.from('tabane').toString('hex');
      const expected = `010f${lineId}06060000000a1f0f${lineId}2008${nasIdentifier}${addressAttribute}`;
      assert.equal(bytes.toString('hex', 38), expected);
    });
  }

  it('never has the same Request Authenticator twice', () => {
    const authenticators = Array.from({ length: 100 }, () => encode().toString('hex', 4, 20));
    assert.equal(new Set(authenticators).size, 100);
  });
});

describe('the server side of a line check', () => {
  it('reads the question that the client asked', () => {
    for (const address of ['192.0.2.10', '2001:db8::5']) {
      const question = findCallCheck(verified(encode(address)));
      assert.deepEqual(question, { lineId: 'CAF1234567890', address: parseAddress(address) });
    }
  });

  it('drops a request that was changed, cut, made with another secret or is none', () => {
    const changed = encode();
    changed[changed.length - 1]! ^= 1;
    const reply = encodeReply({ code: 'Access-Accept', request: verified(encode()), secret });
    const reasons = [
      verifyRequest(changed, secret),
      verifyRequest(encode(), 'another secret'),
      verifyRequest(encode().subarray(0, 40), secret),
      verifyRequest(Buffer.from([1, 5, 0, 20, ...Buffer.alloc(16)]), secret),
      verifyRequest(reply, secret),
    ].map((verdict) => (verdict.kind === 'dropped' ? verdict.reason : verdict.kind));
    assert.deepEqual(reasons, [
      'message-authenticator-wrong',
      'message-authenticator-wrong',
      'length',
      'message-authenticator-missing',
      'code',
    ]);
  });

  const [service, user, calling, address] = [
    [6, Buffer.from([0, 0, 0, 10])],
    [1, 'CAF1'],
    [31, 'CAF1'],
    [8, Buffer.from([192, 0, 2, 1])],
  ] as const;

  it('finds the question in any order of attributes', () => {
    assert.equal(findCallCheck(verified(requestOf(address, calling, user, service)))?.lineId, 'CAF1');
  });

  for (const [name, attributes] of [
    ['no Service-Type', [user, calling, address]],
    ['another Service-Type', [[6, Buffer.from([0, 0, 0, 8])], user, calling, address]],
    ['no Calling-Station-Id', [service, user, address]],
    ['two Calling-Station-Ids', [service, user, calling, calling, address]],
    ['another User-Name', [service, [1, 'CAF2'], calling, address]],
    ['no address', [service, user, calling]],
    ['two addresses', [service, user, calling, address, [168, Buffer.alloc(16, 1)]]],
    ['an address of three bytes', [service, user, calling, [8, Buffer.from([192, 0, 2])]]],
  ] as const) {
    it(`finds no question in a request with ${name}`, () => {
      assert.equal(findCallCheck(verified(requestOf(...attributes))), undefined);
    });
  }

  it('returns the state of the proxies in order, after the Message-Authenticator', () => {
    const request = verified(requestOf([33, 'first'], service, [33, 'second']));
    const reading = readPacket(encodeReply({ code: 'Access-Reject', request, secret, replyMessage: 'no' }));
    assert(reading.kind === 'packet');
    const attributes = reading.packet.attributes.map(({ type, value }) => [
      type,
      type === 80 ? '' : value.toString(),
    ]);
    assert.deepEqual(attributes, [
      [80, ''],
      [18, 'no'],
      [33, 'first'],
      [33, 'second'],
    ]);
  });
});
