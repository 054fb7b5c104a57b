import { encodeReply } from '../../src/radius/aaa-server.ts';
import {
  calculateMessageAuthenticator,
  calculateResponseAuthenticator,
} from '../../src/radius/authenticators.ts';
import type { DropReason } from '../../src/radius/server-stats.ts';
import type { Packet } from '../../src/radius/packet.ts';
import { secret } from './forging-server.ts';

/** The reply that an honest server would send. */
export function honestReply(
  request: Packet,
  code: 'Access-Accept' | 'Access-Reject' = 'Access-Accept',
): Buffer {
  return encodeReply({ code, request, secret, replyMessage: 'line ok' });
}

/** An Access-Accept of any attributes with a valid Response Authenticator and valid lengths. */
export function acceptOf(request: Packet, attributes: Buffer): Buffer {
  const header = Buffer.from([2, request.identifier, 0, 0]);
  header.writeUInt16BE(20 + attributes.length, 2);
  return sealed(Buffer.concat([header, Buffer.alloc(16), attributes]), request);
}

/** The same bytes with the Response Authenticator calculated again. */
export function sealed(reply: Buffer, request: Packet): Buffer {
  const bytes = Buffer.from(reply);
  const key = { requestAuthenticator: request.authenticator, secret };
  calculateResponseAuthenticator(bytes, key).copy(bytes, 4);
  return bytes;
}

function edited(reply: Buffer, edit: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(reply);
  edit(bytes);
  return bytes;
}

const replyMessage = Buffer.from([18, 9, ...Buffer.from('line ok')]);
const emptyMessageAuthenticator = Buffer.from([80, 18, ...Buffer.alloc(16)]);

/** Two Message-Authenticators, each valid for the packet with the other in it. */
function twiceAuthenticated(request: Packet): Buffer {
  const bytes = acceptOf(request, Buffer.concat([emptyMessageAuthenticator, emptyMessageAuthenticator]));
  const key = { requestAuthenticator: request.authenticator, secret };
  calculateMessageAuthenticator(bytes, { ...key, valueOffset: 40 }).copy(bytes, 40);
  calculateMessageAuthenticator(bytes, { ...key, valueOffset: 22 }).copy(bytes, 22);
  return sealed(bytes, request);
}

interface Forgery {
  readonly name: string;
  readonly reason: DropReason;
  readonly forge: (request: Packet) => Buffer;
}

/** Every way in which a reply can be forged, and why it must be dropped. */
export const forgeries: readonly Forgery[] = [
  {
    name: 'made with another secret',
    reason: 'message-authenticator-wrong',
    forge: (request) => encodeReply({ code: 'Access-Accept', request, secret: 'a guess' }),
  },
  {
    name: 'a Reject turned into an Accept',
    reason: 'message-authenticator-wrong',
    forge: (request) => edited(honestReply(request, 'Access-Reject'), (bytes) => bytes.writeUInt8(2, 0)),
  },
  // BlastRADIUS (CVE-2024-3596): an attacker in between turns a Reject into an Accept by an MD5 collision
  // of the Response Authenticator. The result is this: a valid Response Authenticator, no Message-Authenticator.
  {
    name: 'without a Message-Authenticator, its Response Authenticator right (BlastRADIUS)',
    reason: 'message-authenticator-missing',
    forge: (request) => acceptOf(request, replyMessage),
  },
  {
    name: 'without any attribute, its Response Authenticator right',
    reason: 'message-authenticator-missing',
    forge: (request) => acceptOf(request, Buffer.alloc(0)),
  },
  {
    name: 'with two Message-Authenticators',
    reason: 'message-authenticator-repeated',
    forge: twiceAuthenticated,
  },
  {
    name: 'with the right Message-Authenticator twice over',
    reason: 'message-authenticator-repeated',
    forge: (request) =>
      acceptOf(
        request,
        Buffer.concat([honestReply(request).subarray(20), honestReply(request).subarray(20, 38)]),
      ),
  },
  {
    name: 'with a wrong Message-Authenticator, its Response Authenticator right',
    reason: 'message-authenticator-wrong',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => void (bytes[37]! ^= 1)),
        request,
      ),
  },
  {
    name: 'with a Message-Authenticator of 15 bytes',
    reason: 'message-authenticator-wrong',
    forge: (request) => acceptOf(request, Buffer.from([80, 17, ...Buffer.alloc(15)])),
  },
  {
    name: 'with a Message-Authenticator of no bytes',
    reason: 'message-authenticator-wrong',
    forge: (request) => acceptOf(request, Buffer.from([80, 2])),
  },
  {
    name: 'with a wrong Response Authenticator, its Message-Authenticator right',
    reason: 'response-authenticator-wrong',
    forge: (request) => edited(honestReply(request), (bytes) => void (bytes[4]! ^= 1)),
  },
  {
    name: 'with both authenticators of 0xFF bytes',
    reason: 'message-authenticator-wrong',
    forge: (request) =>
      edited(honestReply(request), (bytes) => void bytes.fill(0xff, 4, 20).fill(0xff, 22, 38)),
  },
  {
    name: 'with a Response Authenticator of 0xFF bytes',
    reason: 'response-authenticator-wrong',
    forge: (request) => edited(honestReply(request), (bytes) => void bytes.fill(0xff, 4, 20)),
  },
  {
    name: 'with a Message-Authenticator of 0xFF bytes, its Response Authenticator right',
    reason: 'message-authenticator-wrong',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => void bytes.fill(0xff, 22, 38)),
        request,
      ),
  },
  { name: 'of no bytes', reason: 'length', forge: () => Buffer.alloc(0) },
  { name: 'of 19 bytes', reason: 'length', forge: (request) => honestReply(request).subarray(0, 19) },
  {
    name: 'cut off in the middle',
    reason: 'length',
    forge: (request) => honestReply(request).subarray(0, 30),
  },
  {
    name: 'short of its last byte',
    reason: 'length',
    forge: (request) => honestReply(request).subarray(0, -1),
  },
  {
    name: 'with a length field one above its bytes',
    reason: 'length',
    forge: (request) => edited(honestReply(request), (bytes) => bytes.writeUInt16BE(bytes.length + 1, 2)),
  },
  {
    name: 'with a length field of 65,535',
    reason: 'length',
    forge: (request) => edited(honestReply(request), (bytes) => bytes.writeUInt16BE(65_535, 2)),
  },
  {
    name: 'with a length field of 19',
    reason: 'length',
    forge: (request) => edited(honestReply(request), (bytes) => bytes.writeUInt16BE(19, 2)),
  },
  {
    name: 'of 4,097 bytes, all else right',
    reason: 'length',
    forge: (request) =>
      acceptOf(
        request,
        Buffer.concat([
          ...Array<Buffer>(16).fill(Buffer.from([18, 254, ...Buffer.alloc(252)])),
          Buffer.from([18, 13, ...Buffer.alloc(11)]),
        ]),
      ),
  },
  {
    name: 'with an attribute over the end',
    reason: 'attribute',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => bytes.writeUInt8(10, 39)),
        request,
      ),
  },
  {
    name: 'with an attribute of length 1',
    reason: 'attribute',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => bytes.writeUInt8(1, 39)),
        request,
      ),
  },
  {
    name: 'with an attribute of length 0',
    reason: 'attribute',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => bytes.writeUInt8(0, 39)),
        request,
      ),
  },
  {
    name: 'with half an attribute header at the end',
    reason: 'attribute',
    forge: (request) => acceptOf(request, Buffer.from([...emptyMessageAuthenticator, 18])),
  },
  {
    name: 'with another identifier',
    reason: 'identifier',
    forge: (request) => honestReply({ ...request, identifier: (request.identifier + 1) % 256 }),
  },
  {
    name: 'that is a request',
    reason: 'code',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => bytes.writeUInt8(1, 0)),
        request,
      ),
  },
  {
    name: 'with the code of an accounting reply',
    reason: 'code',
    forge: (request) =>
      sealed(
        edited(honestReply(request), (bytes) => bytes.writeUInt8(5, 0)),
        request,
      ),
  },
];
