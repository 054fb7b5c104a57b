import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { verifyRequest } from '../../src/radius/aaa-server.ts';
import type { Packet } from '../../src/radius/packet.ts';

export const secret = 'testing-secret-0123456789';

export interface Visit {
  /** The datagram as received. */
  readonly datagram: Buffer;
  readonly request: Packet;
  readonly from: RemoteInfo;
  /** Number of this request since the start, from 0. */
  readonly index: number;
  /** Replies from the server's own socket. */
  readonly answer: (reply: Buffer) => Promise<void>;
  /** Replies from an address and port that were not asked. */
  readonly answerFrom: (reply: Buffer, place: { address: string; port: number }) => Promise<void>;
}

export interface ForgingServer {
  readonly port: number;
  /** Every datagram received, in order. */
  readonly visits: readonly Visit[];
  /** Resolves when that many datagrams have been received. */
  visited(count: number): Promise<void>;
  close(): Promise<void>;
}

/** An AAA server on 127.0.0.1 that replies to each request as `behave` decides, or not at all. */
export async function startForgingServer(
  behave: (visit: Visit) => Promise<void> | void = () => {},
): Promise<ForgingServer> {
  const visits: Visit[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const socket = await bound({ address: '127.0.0.1', port: 0 });
  socket.on('message', (datagram, from) => {
    const visit = welcome({ socket, datagram, from, index: visits.length });
    visits.push(visit);
    for (const one of waiting) if (one.count <= visits.length) one.resolve();
    void behave(visit);
  });
  return {
    port: socket.address().port,
    visits,
    visited: (count) =>
      new Promise((resolve) => {
        if (visits.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () => new Promise((resolve) => void socket.close(resolve)),
  };
}

interface Arrival {
  readonly socket: Socket;
  readonly datagram: Buffer;
  readonly from: RemoteInfo;
  readonly index: number;
}

function welcome({ socket, datagram, from, index }: Arrival): Visit {
  const verdict = verifyRequest(datagram, secret);
  if (verdict.kind === 'dropped') throw new Error(`the request itself is bad: ${verdict.reason}`);
  return {
    datagram,
    request: verdict.request,
    from,
    index,
    answer: (reply) => send(socket, reply, from),
    answerFrom: async (reply, place) => {
      const elsewhere = await bound(place);
      await send(elsewhere, reply, from);
      elsewhere.close();
    },
  };
}

async function bound({ address, port }: { address: string; port: number }): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, resolve);
  });
  return socket;
}

function send(socket: Socket, datagram: Buffer, to: RemoteInfo): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, to.port, to.address, (error) => (error ? reject(error) : resolve()));
  });
}
