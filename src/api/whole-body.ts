import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** A body of more than the limit, as the parser of bodies reports it. */
class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly status = 413;
}

/** The bytes of a body as they arrive. @throws BodyTooLarge */
export async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The refusal of a long body is still to be sent on this connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Bytes that were read, as a request that a parser can read again. */
export function requestOf(bytes: Buffer, { headers }: IncomingMessage): Readable {
  const stream = Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false });
  return Object.assign(stream, { headers });
}
