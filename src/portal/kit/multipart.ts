import { Buffer } from 'node:buffer';
import { Problem } from '../../shared/problem.ts';

/** One part of a posted form with a file: a field, or with a file name the file. */
export interface FormPart {
  readonly name: string;
  readonly filename?: string;
  /** Its bytes as they arrive; to be read before the next part. */
  readonly content: AsyncIterable<Buffer>;
}

const MAX_HEAD_BYTES = 8 * 1024;
const LINE_END = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/** The boundary that a content type names; undefined for a form without files. */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

/**
 * Reads a form with files (RFC 7578) part by part; what is in memory is a piece of the body, however large the file is.
 * @throws Problem `invalid-request` for a body that ends too early or is written otherwise
 */
export async function* readParts(source: AsyncIterator<Buffer>, boundary: string): AsyncGenerator<FormPart> {
  const body = new BodyReader(source);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  for await (const _ of body.readTo(delimiter)) continue;
  while (!(await body.isAtEnd())) {
    const head = parseHead(await body.readHead());
    const content = body.readTo(delimiter);
    yield { ...head, content };
    // What the reader has left of it.
    for await (const _ of content) continue;
  }
}

function parseHead(head: string): { readonly name: string; readonly filename?: string } {
  const [, value = ''] = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head) ?? [];
  const [, name] = /(?:^|;)\s*name="([^"]*)"/.exec(value) ?? [];
  const [, filename] = /(?:^|;)\s*filename="([^"]*)"/.exec(value) ?? [];
  if (name === undefined) throw new Problem('invalid-request');
  return { name, ...(filename !== undefined && { filename }) };
}

/** Takes a body apart at texts that may lie across the pieces in which it arrives. */
class BodyReader {
  /** A body begins with its boundary; between parts a line end is in front of it. */
  #rest: Buffer = LINE_END;
  readonly #source: AsyncIterator<Buffer>;

  constructor(source: AsyncIterator<Buffer>) {
    this.#source = source;
  }

  /** What comes before a text, which is taken off. */
  async *readTo(text: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#rest.indexOf(text);
      const end = at >= 0 ? at : Math.max(0, this.#rest.length - text.length + 1);
      const piece = this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(at >= 0 ? at + text.length : end);
      if (piece.length > 0) yield piece;
      if (at >= 0) return;
      await this.#more();
    }
  }

  /** Whether the body ends behind this boundary; otherwise the next part begins. */
  async isAtEnd(): Promise<boolean> {
    while (this.#rest.length < LINE_END.length) await this.#more();
    const mark = this.#rest.toString('latin1', 0, LINE_END.length);
    if (mark === '--') return true;
    if (mark !== '\r\n') throw new Problem('invalid-request');
    return false;
  }

  /** The lines before a part, with the line end in front of them. */
  async readHead(): Promise<string> {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of this.readTo(HEAD_END)) {
      length += piece.length;
      if (length > MAX_HEAD_BYTES) throw new Problem('invalid-request');
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done) throw new Problem('invalid-request');
    this.#rest = Buffer.concat([this.#rest, value]);
  }
}
