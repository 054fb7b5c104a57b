import { Buffer } from 'node:buffer';
import radius from 'radius';
import type { Address } from '../shared/ip-address.rules.ts';
import {
  calculateMessageAuthenticator,
  calculateResponseAuthenticator,
  findMessageAuthenticatorFault,
  type MessageAuthenticatorFault,
} from './authenticators.ts';
import { FIRST_VALUE_OFFSET } from './call-check.ts';
import {
  AUTHENTICATOR_BYTES,
  AUTHENTICATOR_OFFSET,
  attributeType,
  attributesOf,
  packetCode,
  readPacket,
  type Packet,
} from './packet.ts';

/** The server side of a line check. The AAA server of the demo and of the tests is built on it. */
export type RequestVerdict =
  | { readonly kind: 'genuine'; readonly request: Packet }
  | {
      readonly kind: 'dropped';
      readonly reason: 'length' | 'attribute' | 'code' | MessageAuthenticatorFault;
    };

/** Decides whether a datagram is an Access-Request from a client that knows the secret. */
export function verifyRequest(datagram: Buffer, secret: string): RequestVerdict {
  const reading = readPacket(datagram);
  if (reading.kind === 'malformed') return { kind: 'dropped', reason: reading.reason };
  const request = reading.packet;
  if (request.code !== packetCode.accessRequest) return { kind: 'dropped', reason: 'code' };
  const fault = findMessageAuthenticatorFault(request, {
    requestAuthenticator: request.authenticator,
    secret,
  });
  return fault ? { kind: 'dropped', reason: fault } : { kind: 'genuine', request };
}

const CALL_CHECK = Buffer.from([0, 0, 0, 10]);

/**
 * Reads the line and address from a verified request. Undefined if it is not a line check, or is ambiguous:
 * an attribute is missing or repeated, User-Name and Calling-Station-Id differ, or there is not exactly one address.
 */
export function findCallCheck(request: Packet): { lineId: string; address: Address } | undefined {
  const [serviceType, lineId, userName] = [
    findSingle(request, attributeType.serviceType),
    findSingle(request, attributeType.callingStationId),
    findSingle(request, attributeType.userName),
  ];
  if (!serviceType?.equals(CALL_CHECK) || !lineId || !userName?.equals(lineId)) return undefined;
  const [ipv4, ipv6] = [
    findSingle(request, attributeType.framedIpAddress),
    findSingle(request, attributeType.framedIpv6Address),
  ];
  if (ipv4?.length === 4 && !ipv6)
    return { lineId: lineId.toString('latin1'), address: { family: 4, bytes: ipv4 } };
  if (ipv6?.length === 16 && !ipv4)
    return { lineId: lineId.toString('latin1'), address: { family: 6, bytes: ipv6 } };
  return undefined;
}

function findSingle(packet: Packet, type: number): Buffer | undefined {
  const found = attributesOf(packet, type);
  return found.length === 1 ? found[0]?.value : undefined;
}

export interface Reply {
  readonly code: 'Access-Accept' | 'Access-Reject' | 'Access-Challenge';
  readonly request: Packet;
  readonly secret: string;
  /** Text for a person who reads the AAA server's log or a packet trace. */
  readonly replyMessage?: string;
}

/** Encodes a reply: Message-Authenticator first, the proxies' state returned unchanged (RFC 2865 §5.33). */
export function encodeReply({ code, request, secret, replyMessage = '' }: Reply): Buffer {
  const proxyStates = attributesOf(request, attributeType.proxyState);
  const bytes = radius.encode({
    code,
    identifier: request.identifier,
    secret,
    attributes: [
      ['Message-Authenticator', Buffer.alloc(AUTHENTICATOR_BYTES)],
      // `radius` omits an empty text: no attribute may be empty.
      ['Reply-Message', replyMessage],
      ...proxyStates.map(({ value }) => [attributeType.proxyState, value]),
    ],
  });
  const key = { requestAuthenticator: request.authenticator, secret };
  calculateMessageAuthenticator(bytes, { ...key, valueOffset: FIRST_VALUE_OFFSET }).copy(
    bytes,
    FIRST_VALUE_OFFSET,
  );
  calculateResponseAuthenticator(bytes, key).copy(bytes, AUTHENTICATOR_OFFSET);
  return bytes;
}
