import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { attributesOf, readPacket } from '../../src/radius/packet.ts';

const header = (length: number): Buffer =>
  Buffer.from([2, 9, length >> 8, length & 0xff, ...Buffer.alloc(16, 7)]);

describe('reading a packet', () => {
  it('accepts a bare header', () => {
    const reading = readPacket(header(20));
    assert(reading.kind === 'packet');
    const { code, identifier, authenticator, attributes } = reading.packet;
    assert.deepEqual([code, identifier, attributes], [2, 9, []]);
    assert.deepEqual(authenticator, Buffer.alloc(16, 7));
  });

  it('finds every attribute of a type with its offset, empty ones too', () => {
    const bytes = Buffer.concat([header(28), Buffer.from([33, 3, 65, 18, 2, 33, 3, 66])]);
    const reading = readPacket(bytes);
    assert(reading.kind === 'packet');
    const found = attributesOf(reading.packet, 33).map(({ value, valueOffset }) => [
      value.toString(),
      valueOffset,
    ]);
    assert.deepEqual(found, [
      ['A', 22],
      ['B', 27],
    ]);
    assert.equal(attributesOf(reading.packet, 18)[0]?.value.length, 0);
  });

  it('accepts 4,096 bytes and refuses 4,097', () => {
    const attributes = Buffer.concat(Array<Buffer>(16).fill(Buffer.from([18, 254, ...Buffer.alloc(252)])));
    const packetOf = (rest: number): Buffer =>
      Buffer.concat([header(20 + 4_064 + rest), attributes, Buffer.from([18, rest]), Buffer.alloc(rest - 2)]);
    assert.equal(readPacket(packetOf(12)).kind, 'packet');
    assert.deepEqual(readPacket(packetOf(13)), { kind: 'malformed', reason: 'length' });
  });

  it('never throws, and never reads a byte outside the datagram or twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
        const bytes = Buffer.concat([header(20 + tail.length), tail]);
        const reading = readPacket(bytes);
        if (reading.kind === 'malformed') return;
        const { attributes } = reading.packet;
        const rebuilt = attributes.map(({ type, value }) => Buffer.from([type, value.length + 2, ...value]));
        assert.deepEqual(Buffer.concat(rebuilt), Buffer.from(tail));
      }),
    );
  });
});
