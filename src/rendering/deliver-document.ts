import { createWriteStream, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { hashFile, replaceDurably } from '../shared/durable-file.ts';
import { Problem } from '../shared/problem.ts';
import { drawDocument, type PrintedDocument } from './printed-document.ts';

/** A file that is kept. */
export interface DocumentFile {
  readonly dir: string;
  readonly name: string;
  /** Checksum of the document that was issued, if any: other bytes are not written. */
  readonly expected?: string | undefined;
}

export interface WrittenDocument {
  readonly pages: number;
  /** SHA-256 in hexadecimal. */
  readonly checksum: string;
}

/** Where a document goes: a file that is kept, an open file of this process, or memory. */
export type Target =
  | ({ readonly kind: 'file' } & DocumentFile)
  | { readonly kind: 'descriptor'; readonly descriptor: number }
  | { readonly kind: 'memory' };

export interface Delivered {
  readonly pages: number;
  /** Of a file that is kept. */
  readonly checksum?: string;
  /** Of a document drawn in memory. */
  readonly bytes?: Uint8Array;
}

/**
 * Draws a document into its target.
 * @throws Problem `invariant-broken` when the bytes are not those that were issued; nothing is written then.
 */
export async function deliverDocument(document: PrintedDocument, target: Target): Promise<Delivered> {
  switch (target.kind) {
    case 'file':
      return writeDocumentFile(document, target);
    case 'descriptor':
      return drawDocument(document, writerTo(target.descriptor));
    case 'memory': {
      const output = new PassThrough();
      const [{ pages }, bytes] = await Promise.all([drawDocument(document, output), buffer(output)]);
      return { pages, bytes };
    }
    default:
      return target satisfies never;
  }
}

/**
 * Draws a document into a file that is either complete and on disk, or as it was.
 * @throws Problem `invariant-broken` when the bytes are not the issued ones.
 */
export function writeDocumentFile(
  document: PrintedDocument,
  { dir, name, expected }: DocumentFile,
): Promise<WrittenDocument> {
  return replaceDurably(join(dir, name), async (unfinished) => {
    const { pages } = await drawDocument(document, createWriteStream(unfinished, { flush: true }));
    const checksum = await hashFile(unfinished);
    if (expected !== undefined && checksum !== expected) throw differs(name);
    return { pages, checksum };
  });
}

function differs(name: string): Problem {
  const detail =
    `${name} would not be the document that was issued, so nothing was written and what is there is as it was; ` +
    'see npm run admin -- verify.';
  return new Problem('invariant-broken', { detail });
}

/** Writes to an open file and leaves it open, whatever happens: the main thread reads and closes it. */
function writerTo(descriptor: number): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      try {
        for (let from = 0; from < chunk.length;) from += writeSync(descriptor, chunk, from);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
