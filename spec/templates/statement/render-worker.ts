import { parentPort } from 'node:worker_threads';
import type { Statement } from '../../../templates/statement/statement.types.ts';
import { renderBytes } from './read-pdf.ts';

parentPort?.on('message', (statement: Statement) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin, windows do
  void renderBytes(statement).then((bytes) => parentPort?.postMessage(bytes));
});
