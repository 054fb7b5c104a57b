import pino, { type DestinationStream, type Logger } from 'pino';

/** What the database repeats of a row: `Duplicate entry 'F31202993451' for key …`, `Incorrect string value: '…'`. */
const REPEATED_VALUE = /(Duplicate entry|value:?) '.*?'(?= for |$)/gms;

/**
 * The log of a process, JSON lines. An error of the database bears the statement with its values in place, and
 * repeats some of them in its message: names, addresses, hashes of passwords. None of that is written; what
 * failed and where is.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * Logs a fault that nobody caught before the process ends by it: Node would print the error with the statement and its
 * values.
 */
export function logCrashes(log: Logger): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'the process ends by a fault that nobody caught');
    process.exit(1);
  });
}

function describeError(error: unknown): unknown {
  const described = pino.stdSerializers.err(error as Error);
  return described === null || typeof described !== 'object' ? described : withoutValues(described);
}

function withoutValues(described: object): object {
  const kept = Object.entries(described).filter(([name]) => name !== 'sql' && name !== 'parameters');
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutValue(value)]));
}

/** A message of the database without what it repeats of a row. */
export function hideValues(message: string): string {
  return message.replaceAll(REPEATED_VALUE, "$1 '…'");
}

function withoutValue(value: unknown): unknown {
  if (typeof value === 'string') return hideValues(value);
  if (Array.isArray(value)) return value.map(withoutValue);
  const isError = typeof value === 'object' && value !== null && 'stack' in value;
  return isError ? withoutValues(value) : value;
}
