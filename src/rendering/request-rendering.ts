import { once } from 'node:events';
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { Delivered, Target } from './deliver-document.ts';
import type { PrintedDocument, PrintedRow, Rows } from './printed-document.ts';

const ROWS_PER_ANSWER = 500;

/** A document to draw in a worker thread. Its rows are sent through a port, because a stream cannot leave its thread. */
export interface DocumentOrder {
  readonly target: Target;
  readonly kind: PrintedDocument['kind'];
  readonly facts: PrintedDocument['facts'];
  readonly port: MessagePort;
}

/** A message of the thread about a request. */
export type DocumentReply =
  | { readonly kind: 'more' }
  | { readonly kind: 'delivered'; readonly delivered: Delivered }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The reply to a thread that asks for more: the next rows, or none at the end. */
export type DocumentRows =
  | { readonly kind: 'rows'; readonly rows: readonly PrintedRow[] }
  | { readonly kind: 'broken' };

/**
 * Draws a document in a worker thread. Sends rows as the thread asks for them, a few hundred at a time.
 * @throws the error of the thread, or of reading the rows.
 */
export async function requestRendering(
  worker: Worker,
  { rows, ...document }: PrintedDocument,
  target: Target,
): Promise<Delivered> {
  const { port1: port, port2: theirs } = new MessageChannel();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin, windows do
  worker.postMessage({ ...document, target, port: theirs } satisfies DocumentOrder, [theirs]);
  try {
    return await exchange(port, rows);
  } catch (error) {
    send(port, { kind: 'broken' });
    throw error;
  } finally {
    port.close();
  }
}

async function exchange(port: MessagePort, rows: Rows<PrintedRow>): Promise<Delivered> {
  for await (const some of inAnswers(rows)) {
    const reply = await receive(port);
    if (reply.kind === 'delivered') return reply.delivered;
    send(port, { kind: 'rows', rows: some });
  }
  const reply = await receive(port);
  if (reply.kind === 'more') throw new Error('a thread wanted more than all rows of a document');
  return reply.delivered;
}

async function receive(port: MessagePort): Promise<Exclude<DocumentReply, { kind: 'failed' }>> {
  const [reply] = (await once(port, 'message')) as [DocumentReply];
  if (reply.kind === 'failed') throw reply.error;
  return reply;
}

function send(port: MessagePort, rows: DocumentRows): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin, windows do
  port.postMessage(rows);
}

/** The rows in replies of a few hundred, and an empty reply at the end. */
async function* inAnswers(all: Rows<PrintedRow>): AsyncGenerator<PrintedRow[]> {
  let rows: PrintedRow[] = [];
  for await (const row of all) {
    rows.push(row);
    if (rows.length < ROWS_PER_ANSWER) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
  yield [];
}
