import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Longest we wait for accepted requests when stopping. */
const STOP_TIMEOUT_MS = 20_000;

/** A server that listens. */
export interface Listener {
  /** Where, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Lets everybody go with their next answer, so that clients that keep connections find another process; still answers. */
  startDraining(): void;
  /** Takes no more connections at once; ends when the last accepted request is answered, or after a while without it. */
  close(): Promise<void>;
}

/** Lets a server listen; port 0 is any free one. Throws the system's error where it cannot. */
export async function startListener(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  let [isLettingGo, isClosing] = [false, false];
  server.prependListener('request', (_request, response) => {
    if (isLettingGo) response.setHeader('Connection', 'close');
    // A connection that is kept alive would hold up the stop for as long as its client likes.
    response.once('close', () => isClosing && server.closeIdleConnections());
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    startDraining: () => {
      isLettingGo = true;
    },
    close: () => {
      [isLettingGo, isClosing] = [true, true];
      return close(server);
    },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
    server.close(() => {
      clearTimeout(timeout);
      resolve();
    });
    server.closeIdleConnections();
  });
}
