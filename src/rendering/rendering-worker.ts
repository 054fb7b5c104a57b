import { once } from 'node:events';
import { parentPort, type MessagePort } from 'node:worker_threads';
import { deliverDocument } from './deliver-document.ts';
import type { PrintedDocument, PrintedRow } from './printed-document.ts';
import type { DocumentOrder, DocumentReply, DocumentRows } from './request-rendering.ts';

/** A worker thread that draws the requested documents until it is terminated. */
parentPort?.on('message', (order: DocumentOrder) => void take(order));

async function take({ kind, facts, target, port }: DocumentOrder): Promise<void> {
  const reply = (message: DocumentReply): void => port.postMessage(message);
  try {
    const document = { kind, facts, rows: readRows(port, reply) } as PrintedDocument;
    reply({ kind: 'delivered', delivered: await deliverDocument(document, target) });
  } catch (error) {
    reply({ kind: 'failed', error });
  }
  port.close();
}

/** Asks for the next rows only when the previous ones are drawn: holds one reply at most. */
async function* readRows(
  port: MessagePort,
  reply: (message: DocumentReply) => void,
): AsyncGenerator<PrintedRow> {
  for (;;) {
    const answered = once(port, 'message') as Promise<[DocumentRows]>;
    reply({ kind: 'more' });
    const [answer] = await answered;
    if (answer.kind === 'broken') throw new Error('the rows broke off');
    if (answer.rows.length === 0) return;
    yield* answer.rows;
  }
}
