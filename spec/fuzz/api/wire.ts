import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';

/** A request as sent, with nothing added but its framing. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  /** Size of chunks, instead of a content length. */
  readonly chunkBytes?: number | undefined;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

const ANSWER_WITHIN_MS = 20_000;

/** One keep-alive connection, opened again when the server has closed it. It can send malformed requests. */
export class Wire {
  readonly #port: number;
  #socket: Socket | undefined;
  #pending = Buffer.alloc(0);

  constructor(port: number) {
    this.#port = port;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  /** Sends and waits for the whole answer. @throws Error when none comes. */
  async send(request: WireRequest): Promise<WireAnswer> {
    const socket = await this.#connected();
    this.#pending = Buffer.alloc(0);
    const answer = this.#receive(socket, request.method === 'HEAD');
    socket.write(framed(request));
    return answer;
  }

  async #connected(): Promise<Socket> {
    if (this.#socket && !this.#socket.destroyed && this.#socket.writable) return this.#socket;
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).once('connect', () => resolve());
    });
    socket.removeAllListeners('error');
    // A server that has answered may close the connection while we still write.
    socket.on('error', () => undefined);
    return socket;
  }

  #receive(socket: Socket, isHead: boolean): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(new Error('no answer in time')), ANSWER_WITHIN_MS);
      const end = (outcome: WireAnswer | Error) => {
        clearTimeout(timer);
        socket.off('data', onData).off('close', onClose);
        if (outcome instanceof Error) return reject(outcome);
        if (outcome.headers.get('connection') === 'close') this.close();
        resolve(outcome);
      };
      const onData = (bytes: Buffer) => {
        this.#pending = Buffer.concat([this.#pending, bytes]);
        const answer = readAnswer(this.#pending, isHead);
        if (answer) end(answer);
      };
      const onClose = () =>
        end(readAnswer(this.#pending, isHead, true) ?? new Error('closed without an answer'));
      socket.on('data', onData).on('close', onClose);
    });
  }
}

function framed({ method, target, headers, body, chunkBytes }: WireRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  if (body && chunkBytes) lines.push('Transfer-Encoding: chunked\r\n');
  else if (body) lines.push(`Content-Length: ${body.length}\r\n`);
  const head = Buffer.from(
    `${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`,
    'latin1',
  );
  if (!body) return head;
  return Buffer.concat([head, chunkBytes ? chunked(body, chunkBytes) : body]);
}

function chunked(body: Buffer, chunkBytes: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const part = body.subarray(at, at + chunkBytes);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

/** The complete response; skips interim ones (`100 Continue`). */
function readAnswer(bytes: Buffer, isHead: boolean, isClosed = false): WireAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
  const rest = bytes.subarray(headEnd + 4);
  if (status < 200) return readAnswer(rest, isHead, isClosed);
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body =
    isHead || status === 204 || status === 304 ? Buffer.alloc(0) : readBody(rest, headers, isClosed);
  return body && { status, headers, text: body.toString() };
}

function readBody(rest: Buffer, headers: ReadonlyMap<string, string>, isClosed: boolean): Buffer | undefined {
  const length = headers.get('content-length');
  if (length !== undefined)
    return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : undefined;
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(rest);
  return isClosed || headers.get('connection') !== 'close' ? rest : undefined;
}

function readChunks(rest: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const length = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + length + 2;
    if (rest.length < end) return undefined;
    if (length === 0) return Buffer.concat(parts);
    parts.push(rest.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
