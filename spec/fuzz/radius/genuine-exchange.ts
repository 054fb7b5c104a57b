import { Buffer } from 'node:buffer';
import type { Random } from '../../../batch/demo/random.ts';
import { encodeReply } from '../../../src/radius/aaa-server.ts';
import { parseAddress } from '../../../src/shared/ip-address.rules.ts';
import { calculateMessageAuthenticator } from '../../../src/radius/authenticators.ts';
import { encodeCallCheck, FIRST_VALUE_OFFSET } from '../../../src/radius/call-check.ts';
import { AUTHENTICATOR_OFFSET, HEADER_BYTES, readPacket } from '../../../src/radius/packet.ts';

/** A genuine request and every genuine reply to it. */
export interface GenuineExchange {
  readonly secret: string;
  readonly request: Buffer;
  readonly replies: readonly Buffer[];
}

const addresses = ['192.0.2.10', '203.0.113.255', '2001:db8::1', '::ffff:192.0.2.1'];
const messages = ['', 'line ok', 'x'.repeat(253)];

/** Draws an exchange; the same random numbers give the same bytes. */
export function drawExchange(random: Random): GenuineExchange {
  const secret = `secret-${random.below(1_000_000)}`;
  const request = drawRequest(random, secret);
  const reading = readPacket(request);
  if (reading.kind === 'malformed') throw new Error('a genuine request is malformed');
  const replyMessage = random.pick(messages);
  const replies = (['Access-Accept', 'Access-Reject', 'Access-Challenge'] as const).map((code) =>
    encodeReply({ code, request: reading.packet, secret, replyMessage }),
  );
  return { secret, request, replies };
}

function drawRequest(random: Random, secret: string): Buffer {
  const address = parseAddress(random.pick(addresses));
  if (!address) throw new Error('not an address');
  const lineId = `CAF${String(random.below(10_000_000_000)).padStart(10, '0')}`;
  const check = { lineId, address, nasIdentifier: 'tabane' };
  const bytes = encodeCallCheck(check, { identifier: random.below(256), secret });
  // The encoder takes its 16 bytes from the system; a case that can be repeated needs them from the seed.
  for (let at = AUTHENTICATOR_OFFSET; at < HEADER_BYTES; at += 1) bytes[at] = random.below(256);
  const requestAuthenticator = bytes.subarray(AUTHENTICATOR_OFFSET, HEADER_BYTES);
  const place = { requestAuthenticator, valueOffset: FIRST_VALUE_OFFSET, secret };
  calculateMessageAuthenticator(bytes, place).copy(bytes, FIRST_VALUE_OFFSET);
  return bytes;
}
