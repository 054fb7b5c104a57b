import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** How often Node checks for slow requests. With its default of 30 seconds, a limit of 30 seconds could last 60. */
const CHECK_EVERY_MS = 1_000;

/** Handles a request, including its own errors. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Creates a server that closes the connection of a request whose head and body take longer than `arrivalMs` to arrive,
 * within a second, so that slow senders do not hold connections.
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
