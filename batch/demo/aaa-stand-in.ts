import type { Buffer } from 'node:buffer';
import { createSocket } from 'node:dgram';
import { encodeReply, findCallCheck, verifyRequest } from '../../src/radius/aaa-server.ts';
import { parseAddress, sameAddress } from '../../src/shared/ip-address.rules.ts';
import type { Packet } from '../../src/radius/packet.ts';

export interface AaaStandInOptions {
  readonly secret: string;
  /** UDP port on 127.0.0.1; a free one where left out. */
  readonly port?: number;
  /** The address that a line holds at this moment; undefined for a line that is unknown or offline. */
  readonly holds: (lineId: string) => string | undefined;
}

export interface AaaStandIn {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts the small AAA server that stands in for the carrier's in the demo. It listens on loopback only and
 * keeps the manners of a real one: requests without a right Message-Authenticator get no answer at all.
 */
export async function startAaaStandIn({ secret, port = 0, holds }: AaaStandInOptions): Promise<AaaStandIn> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram: Buffer, from) => {
    const verdict = verifyRequest(datagram, secret);
    if (verdict.kind === 'dropped') return;
    const code = isHeld(verdict.request, holds) ? 'Access-Accept' : 'Access-Reject';
    const reply = encodeReply({ code, request: verdict.request, secret });
    // A reply that cannot leave is lost like any other; the client asks again.
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
  const heldText = holds(callCheck.lineId);
  const held = heldText === undefined ? undefined : parseAddress(heldText);
  return !!held && sameAddress(held, callCheck.address);
}
