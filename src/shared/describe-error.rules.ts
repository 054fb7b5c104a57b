import { hideDatabaseValues, hideValues } from './hide-values.rules.ts';

/** What a log may contain of an error. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly errno?: number;
  readonly syscall?: string;
  /** Where it was thrown: the frames only, because the head of a stack repeats the message. */
  readonly stack?: string;
  readonly cause?: DescribedError;
  /** The errors of an AggregateError. */
  readonly errors?: readonly DescribedError[];
}

const MAX_MESSAGE = 2_000;
const MAX_FRAMES = 40;
/** Limits the chain of causes: an error may be its own cause. */
const MAX_DEPTH = 5;
const MAX_ERRORS = 10;
/** The form of an error code; anything else there is a value. */
const CODE = /^[A-Za-z][\w-]{0,63}$/;
const FRAME =
  /^ {4}at (?:.* \()?(?:async )?(?:file:|node:|native|index \d|<anonymous>|\/|[A-Za-z]:\\)[^\n]*$/;

/**
 * Describes a thrown value by an allow-list: type, message, code and place of it and its causes. Libraries attach data to
 * errors: Node the packet that it could not read, with keys and cookies; the database driver the statement with its
 * values; and some repeat their input in the message.
 */
export function describeError(thrown: unknown, depth = 1): DescribedError {
  if (!(thrown instanceof Error)) return describeThrown(thrown);
  const { code, errno, syscall } = thrown as NodeJS.ErrnoException & { code?: unknown };
  return {
    type: thrown.constructor?.name || 'Error',
    message: messageOf(thrown),
    ...(isCode(code) && { code }),
    ...(typeof errno === 'number' && { errno }),
    ...(typeof syscall === 'string' && CODE.test(syscall) && { syscall }),
    ...stackOf(thrown),
    ...(depth < MAX_DEPTH && describeCauses(thrown, depth + 1)),
  };
}

/** Like `describeError`, as text for a terminal, whose output may be logged. */
export function explainError(thrown: unknown): string {
  return writeError(describeError(thrown));
}

function writeError({ type, message, stack, cause, errors = [] }: DescribedError): string {
  const causes = [...errors, ...(cause ? [cause] : [])];
  const head = `${type}: ${message}`;
  return [head, ...(stack ? [stack] : []), ...causes.map((each) => `caused by ${writeError(each)}`)].join(
    '\n',
  );
}

/** Describes a thrown value that is not an error; an object may contain anything. */
function describeThrown(thrown: unknown): DescribedError {
  const message =
    typeof thrown === 'string' ? hideValues(thrown).slice(0, MAX_MESSAGE) : 'what was thrown is no error';
  return { type: thrown === null ? 'null' : typeof thrown, message };
}

function describeCauses(error: Error, depth: number): Pick<DescribedError, 'cause' | 'errors'> {
  const { cause } = error;
  const errors = error instanceof AggregateError ? error.errors.slice(0, MAX_ERRORS) : [];
  return {
    ...(cause !== undefined && { cause: describeError(cause, depth) }),
    ...(errors.length > 0 && { errors: errors.map((each) => describeError(each, depth)) }),
  };
}

function messageOf(error: Error): string {
  const { errno } = error as NodeJS.ErrnoException;
  // Error numbers of the operating system are negative, and their messages quote a path.
  const isOfDatabase = typeof errno === 'number' && errno > 0;
  const message = textOf(error);
  return (isOfDatabase ? hideDatabaseValues(message, errno) : hideValues(message)).slice(0, MAX_MESSAGE);
}

/** The message of an error; a library may have set any value. */
function textOf({ message }: { readonly message: unknown }): string {
  return typeof message === 'string' ? message : '';
}

function isCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && CODE.test(code));
}

function stackOf(error: Error): Pick<DescribedError, 'stack'> {
  if (typeof error.stack !== 'string') return {};
  const frames = error.stack
    .replace(textOf(error), '')
    .split('\n')
    .filter((line) => FRAME.test(line));
  return frames.length === 0 ? {} : { stack: frames.slice(0, MAX_FRAMES).join('\n') };
}
