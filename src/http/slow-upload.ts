import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** How slowly a file may arrive. */
export interface UploadBounds {
  /** In each of these spans, `minBytes` arrive at least. */
  readonly windowMs: number;
  readonly minBytes: number;
  /** The whole file has arrived by then, however steadily it comes. */
  readonly endMs: number;
}

/**
 * 16 KiB a second, so that a slow line sends 100 MB in the time it takes, and a sender that only holds the connection is let go after
 * half a minute, as any other; in two hours at most (our decisions).
 */
export const uploadBounds: UploadBounds = {
  windowMs: 30_000,
  minBytes: 30 * 16 * 1_024,
  endMs: 2 * 60 * 60_000,
};

/** As the server refuses what is too slow in general. */
const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/** The code by which the log knows a sender that was too slow. */
export const TOO_SLOW_CODE = 'ERR_HTTP_REQUEST_TIMEOUT';

const uploading = new WeakSet<Socket>();

/** Whether the file of a form arrives on a connection: the time limit of requests then does not end it. */
export function isUploading(socket: object): boolean {
  return uploading.has(socket as Socket);
}

/**
 * Bounds a request that brings a file by its progress while `read` reads it, instead of by the time limit of the server. Only for
 * somebody who may send the file: a sender that is too slow has the connection closed.
 */
export async function whileUploading<T>(
  { socket }: IncomingMessage,
  { windowMs, minBytes, endMs }: UploadBounds,
  read: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  let before = socket.bytesRead;
  const watch = setInterval(() => {
    const arrived = socket.bytesRead - before;
    before = socket.bytesRead;
    if (arrived < minBytes || performance.now() - startedAt >= endMs) refuse(socket);
  }, windowMs).unref();
  uploading.add(socket);
  try {
    return await read();
  } finally {
    clearInterval(watch);
    uploading.delete(socket);
  }
}

function refuse(socket: Socket): void {
  if (socket.writable) socket.write(TOO_SLOW);
  socket.destroy(Object.assign(new Error('the file arrives too slowly'), { code: TOO_SLOW_CODE }));
}
