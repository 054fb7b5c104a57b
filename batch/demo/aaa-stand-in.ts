import type { Buffer } from 'node:buffer';
import { createSocket } from 'node:dgram';
import { encodeReply, findCallCheck, verifyRequest } from '../../src/radius/aaa-server.ts';
import { formatAddress, parseAddress, sameAddress } from '../../src/shared/ip-address.rules.ts';
import type { Packet } from '../../src/radius/packet.ts';

export interface AaaStandInOptions {
  readonly secret: string;
  /** UDP port on 127.0.0.1; a free one where left out. */
  readonly port?: number;
  /** The address that a line holds at this moment; undefined for a line that is unknown or offline. `asked` is the request's. */
  readonly holds: (lineId: string, asked: string) => string | undefined;
}

export interface AaaStandIn {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts the AAA server of the demo in place of the carrier's. It listens on the loopback interface only. Like a real one, it
 * does not reply to a request without a valid Message-Authenticator.
 */
export async function startAaaStandIn({ secret, port = 0, holds }: AaaStandInOptions): Promise<AaaStandIn> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram: Buffer, from) => {
    const verdict = verifyRequest(datagram, secret);
    if (verdict.kind === 'dropped') return;
    const code = isHeld(verdict.request, holds) ? 'Access-Accept' : 'Access-Reject';
    const reply = encodeReply({ code, request: verdict.request, secret });
    // A reply that cannot be sent counts as lost: the client retransmits.
    socket.send(reply, from.port, from.address, () => {});
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => {
      socket.off('error', reject);
      resolve();
    });
  });
  const close = (): Promise<void> => new Promise((resolve) => void socket.close(resolve));
  return { port: socket.address().port, close };
}

function isHeld(request: Packet, holds: AaaStandInOptions['holds']): boolean {
  const callCheck = findCallCheck(request);
  if (!callCheck) return false;
  const heldText = holds(callCheck.lineId, formatAddress(callCheck.address));
  const held = heldText === undefined ? undefined : parseAddress(heldText);
  return !!held && sameAddress(held, callCheck.address);
}
