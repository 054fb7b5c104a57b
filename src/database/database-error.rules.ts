/** Deadlock, lock wait timeout, "node has not yet prepared", record changed since last read: safe to retry. */
const TRANSIENT = new Set([1213, 1205, 1047, 1020]);
const DUPLICATE_KEY = 1062;
const RAISED_BY_TRIGGER = 1644;
const CHECK_FAILED = 4025;
const STATEMENT_TIMED_OUT = 1969;

interface DriverError {
  errno: number;
  sqlMessage?: string;
  message: string;
}

function driverErrorOf(error: unknown): DriverError | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('errno' in e && typeof e.errno === 'number') return e as unknown as DriverError;
  }
  return undefined;
}

/** Unique keys whose loser finds the winner's row when it reads again. */
const FOUND_NEXT_TIME: ReadonlySet<string | undefined> = new Set([
  'usage_item_key_taken',
  'support_case_open_once',
  'enquiry_of_case',
  'case_mail_once',
  'refund_in_turn',
]);

/** Whether a retry of the transaction can succeed. */
export function isTransient(error: unknown): boolean {
  const errno = driverErrorOf(error)?.errno;
  if (errno === DUPLICATE_KEY) return FOUND_NEXT_TIME.has(constraintOf(error));
  return errno !== undefined && TRANSIENT.has(errno);
}

/** Whether a unique key refused the row: another transaction was first. */
export function isDuplicate(error: unknown): boolean {
  return driverErrorOf(error)?.errno === DUPLICATE_KEY;
}

/** Whether the server ended a statement at its `max_statement_time`. */
export function isTooSlow(error: unknown): boolean {
  return driverErrorOf(error)?.errno === STATEMENT_TIMED_OUT;
}

/** The name of the constraint or trigger that refused a row, without its table; undefined for any other error. */
export function constraintOf(error: unknown): string | undefined {
  const driverError = driverErrorOf(error);
  if (driverError === undefined) return undefined;
  const text = driverError.sqlMessage ?? driverError.message;
  if (driverError.errno === DUPLICATE_KEY) return /for key '(?:[^'.]+\.)?([^']+)'/.exec(text)?.[1];
  if (driverError.errno === RAISED_BY_TRIGGER) return /^(\w+):/.exec(text)?.[1];
  if (driverError.errno === CHECK_FAILED) return /CONSTRAINT `(?:[^`.]+\.)?([^`]+)`/.exec(text)?.[1];
  return undefined;
}
