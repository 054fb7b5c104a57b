import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Maximum wait for accepted requests when stopping. */
const STOP_TIMEOUT_MS = 20_000;

/** A server that listens. */
export interface Listener {
  /** Where, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Sends `Connection: close` with each response, so that clients with persistent connections move to another process. */
  startDraining(): void;
  /** Refuses new connections at once. Resolves after the last accepted request is complete, or after a timeout. */
  close(): Promise<void>;
}

/** Starts listening; port 0 means any free port. @throws the error of the system */
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
    // A persistent connection would delay the stop for as long as its client keeps it open.
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
