import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { isUploading, TOO_SLOW_CODE } from './slow-upload.ts';

/** How often Node checks for slow requests. With its default of 30 seconds, a limit of 30 seconds could last 60. */
const CHECK_EVERY_MS = 1_000;

/** Handles a request, including its own errors. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Creates a server that closes the connection of a request whose head and body take longer than `arrivalMs` to arrive,
 * within a second, so that slow senders do not hold connections. The file of a form is bounded by its progress instead
 * (`whileUploading`).
 */
export function createBoundedServer(arrivalMs: number, answer: Answering): Server {
  return new BoundedServer(
    {
      requestTimeout: arrivalMs,
      headersTimeout: arrivalMs,
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, arrivalMs),
    },
    (request, response) => void answer(request, response),
  );
}

/**
 * Node knows one time limit for all requests. When one has passed, it asks by this event whether somebody answers the sender,
 * and closes the connection itself if nobody does; it asks once a request.
 */
class BoundedServer extends Server {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    const [error, socket] = values;
    if (event === 'clientError' && isTooSlow(error) && isUploading(socket as object)) return true;
    return super.emit(event, ...values);
  }
}

const isTooSlow = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === TOO_SLOW_CODE;
