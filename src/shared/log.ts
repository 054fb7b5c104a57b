import pino, { type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.rules.ts';

/**
 * The log of a process, as JSON lines. Of an error it contains what `describeError` allows: no statements, packets or
 * values that a message repeats.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: described, error: described } };
  return destination ? pino(options, destination) : pino(options);
}

const described = (thrown: unknown) => describeError(thrown);

/**
 * Logs an uncaught error before it ends the process, and the warnings of Node: Node itself would print both outside the
 * log, the error with the statement and its values.
 */
export function logCrashes(log: Logger): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'the process ends by a fault that nobody caught');
    process.exit(1);
  });
  process.removeAllListeners('warning');
  process.on('warning', (err) => log.warn({ err }, 'node-warning'));
}
