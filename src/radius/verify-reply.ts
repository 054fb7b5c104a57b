import type { Buffer } from 'node:buffer';
import {
  calculateResponseAuthenticator,
  findMessageAuthenticatorFault,
  sameDigest,
  type MessageAuthenticatorFault,
} from './authenticators.ts';
import { AUTHENTICATOR_OFFSET, HEADER_BYTES, packetCode, type Packet } from './packet.ts';

const answers = new Map([
  [packetCode.accessAccept, 'accept'],
  [packetCode.accessReject, 'reject'],
  [packetCode.accessChallenge, 'challenge'],
] as const);

export type AccessAnswer = 'accept' | 'reject' | 'challenge';

export type ReplyFault = 'identifier' | 'code' | 'response-authenticator-wrong' | MessageAuthenticatorFault;

export type ReplyVerdict =
  | { readonly kind: 'genuine'; readonly answer: AccessAnswer }
  | { readonly kind: 'dropped'; readonly reason: ReplyFault };

/**
 * Decides whether a well-formed packet is the AAA server's reply to exactly this request. `request` is the
 * datagram as it was sent. Both authenticators bind the reply to the request's random 16 bytes, so a reply
 * to an earlier request fails like a forged one.
 */
export function verifyReply(
  reply: Packet,
  { request, secret }: { readonly request: Buffer; readonly secret: string },
): ReplyVerdict {
  if (reply.identifier !== request.readUInt8(1)) return { kind: 'dropped', reason: 'identifier' };
  const answer = findAnswer(reply.code);
  if (!answer) return { kind: 'dropped', reason: 'code' };
  const key = { requestAuthenticator: request.subarray(AUTHENTICATOR_OFFSET, HEADER_BYTES), secret };
  const fault = findMessageAuthenticatorFault(reply, key);
  if (fault) return { kind: 'dropped', reason: fault };
  const expected = calculateResponseAuthenticator(reply.bytes, key);
  if (!sameDigest(reply.authenticator, expected)) {
    return { kind: 'dropped', reason: 'response-authenticator-wrong' };
  }
  return { kind: 'genuine', answer };
}

function findAnswer(code: number): AccessAnswer | undefined {
  return (answers as ReadonlyMap<number, AccessAnswer>).get(code);
}
