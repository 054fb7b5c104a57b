import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection that sends arbitrary bytes, as no client library would. */
export interface RawConnection {
  readonly socket: Socket;
  /** The bytes received so far. */
  received(): string;
  /** Resolves when the other side has closed the connection. */
  readonly ended: Promise<unknown>;
}

export async function connectRaw(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  socket.on('error', () => undefined).on('data', (bytes) => (received += bytes.toString('latin1')));
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  return { socket, received: () => received, ended };
}

/** The ways to hang up. */
export const hangUps = {
  'ends its half of the connection': (socket: Socket) => void socket.end(),
  'closes the connection': (socket: Socket) => void socket.destroy(),
  'resets the connection': (socket: Socket) => void socket.resetAndDestroy(),
} as const;
