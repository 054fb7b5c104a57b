import { once } from 'node:events';
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { Statement, StatementDetail } from '../../templates/statement/statement.types.ts';
import type { StatementFile, WrittenStatement } from './statement-file.ts';

const ROWS_PER_ANSWER = 500;

/** A statement to write in a worker thread. Its details are sent through a port, because a stream cannot leave its thread. */
export interface StatementOrder {
  readonly file: StatementFile;
  readonly statement: Omit<Statement, 'details'>;
  readonly port: MessagePort;
}

/** A message of the thread about a request. */
export type StatementReply =
  | { readonly kind: 'more' }
  | ({ readonly kind: 'written' } & WrittenStatement)
  | { readonly kind: 'failed'; readonly error: unknown };

/** The reply to a thread that asks for more: the next rows, or none at the end. */
export type StatementRows =
  | { readonly kind: 'rows'; readonly rows: readonly StatementDetail[] }
  | { readonly kind: 'broken' };

/**
 * Renders a statement in a worker thread. Sends rows as the thread asks for them, a few hundred at a time.
 * @throws the error of the thread, or of reading the rows.
 */
export async function requestRendering(
  worker: Worker,
  file: StatementFile,
  { details, ...statement }: Statement,
): Promise<WrittenStatement> {
  const { port1: port, port2: theirs } = new MessageChannel();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin, windows do
  worker.postMessage({ file, statement, port: theirs } satisfies StatementOrder, [theirs]);
  try {
    return await exchange(port, details);
  } catch (error) {
    send(port, { kind: 'broken' });
    throw error;
  } finally {
    port.close();
  }
}

async function exchange(port: MessagePort, details: Statement['details']): Promise<WrittenStatement> {
  for await (const rows of inAnswers(details)) {
    const reply = await receive(port);
    if (reply.kind === 'written') return reply;
    send(port, { kind: 'rows', rows });
  }
  const reply = await receive(port);
  if (reply.kind === 'more') throw new Error('a thread wanted more than all rows of a statement');
  return reply;
}

async function receive(port: MessagePort): Promise<Exclude<StatementReply, { kind: 'failed' }>> {
  const [reply] = (await once(port, 'message')) as [StatementReply];
  if (reply.kind === 'failed') throw reply.error;
  return reply;
}

function send(port: MessagePort, rows: StatementRows): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin, windows do
  port.postMessage(rows);
}

/** The rows in replies of a few hundred, and an empty reply at the end. */
async function* inAnswers(details: Statement['details']): AsyncGenerator<StatementDetail[]> {
  let rows: StatementDetail[] = [];
  for await (const detail of details) {
    rows.push(detail);
    if (rows.length < ROWS_PER_ANSWER) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
  yield [];
}
