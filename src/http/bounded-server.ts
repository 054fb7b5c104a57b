import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Node looks for what is too slow this often, twice a minute unless told: what is said to last 30 seconds would last 60. */
const CHECK_EVERY_MS = 1_000;

/** Whoever answers sees to its own faults. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * A server that ends the connection of a request which takes longer than `arrivalMs` to arrive, head and body, within
 * a second: slow senders must not hold connections for ever.
 */
export function createBoundedServer(arrivalMs: number, answer: Answering): Server {
  return createServer(
    {
      requestTimeout: arrivalMs,
      headersTimeout: arrivalMs,
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, arrivalMs),
    },
    (request, response) => void answer(request, response),
  );
}
