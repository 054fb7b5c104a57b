import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a receiver gets it. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answer = (message: Received, response: ServerResponse, request: IncomingMessage) => void;

/** A company's server on a real port of the loopback interface. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How it answers from now on; 204 at first. */
  answer(how: Answer): void;
  close(): Promise<void>;
}

export const ok: Answer = (_, response) => void response.writeHead(204).end();

/** Answers with a status and headers. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}, text = ''): Answer {
  return (_, response) => void response.writeHead(code, headers).end(text);
}

/** Never answers. */
export const hang: Answer = () => undefined;

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let how = ok;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const message = { headers, body: Buffer.concat(pieces).toString('utf8') };
      received.push(message);
      how(message, response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
