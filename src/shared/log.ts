import pino, { type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.rules.ts';

/**
 * The log of a process, JSON lines. Of an error stands there what `describeError` lets pass: neither statements nor
 * packets nor the values that a message repeats.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: described, error: described } };
  return destination ? pino(options, destination) : pino(options);
}

const described = (thrown: unknown) => describeError(thrown);

/**
 * Logs a fault that nobody caught before the process ends by it, and what Node warns of: Node itself would print both
 * beside the log, the error with the statement and its values.
 */
export function logCrashes(log: Logger): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'the process ends by a fault that nobody caught');
    process.exit(1);
  });
  process.removeAllListeners('warning');
  process.on('warning', (err) => log.warn({ err }, 'node-warning'));
}
