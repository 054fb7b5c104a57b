import { once } from 'node:events';
import { parentPort, type MessagePort } from 'node:worker_threads';
import type { StatementDetail } from '../../templates/statement/statement.types.ts';
import { writeStatementFile } from './statement-file.ts';
import type { StatementOrder, StatementReply, StatementRows } from './request-rendering.ts';

/** A worker thread that writes the requested statements until it is terminated. */
parentPort?.on('message', (order: StatementOrder) => void take(order));

async function take({ file, statement, port }: StatementOrder): Promise<void> {
  const reply = (message: StatementReply): void => port.postMessage(message);
  try {
    const written = await writeStatementFile(file, { ...statement, details: readDetails(port, reply) });
    reply({ kind: 'written', ...written });
  } catch (error) {
    reply({ kind: 'failed', error });
  }
  port.close();
}

/** Asks for the next rows only when the previous ones are drawn: holds one reply at most. */
async function* readDetails(
  port: MessagePort,
  reply: (message: StatementReply) => void,
): AsyncGenerator<StatementDetail> {
  for (;;) {
    const answered = once(port, 'message') as Promise<[StatementRows]>;
    reply({ kind: 'more' });
    const [answer] = await answered;
    if (answer.kind === 'broken') throw new Error('the rows broke off');
    if (answer.rows.length === 0) return;
    yield* answer.rows;
  }
}
