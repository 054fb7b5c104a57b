/**
 * A statement that has not been run: a value, made by whoever knows the table and run by whoever holds the transaction
 * (`runPipeline`, `runStatement`). A `?` takes a value or, in brackets, a list. Rows come as the driver gives them:
 * columns under their names in the statement, instants and dates as text, whole numbers as numbers (text past 2^53).
 *
 * Statements pass by the query builder: for many rows it takes longer to put a statement together, and to rename and
 * convert what comes back, than the database takes to run it.
 */
export interface Statement<Result> {
  /** Undefined for one that is not sent, for its result is known. */
  readonly text: string | undefined;
  readonly values: readonly unknown[];
  /** What its rows come to. */
  readonly decode: (rows: readonly never[]) => Result;
}

/** A statement that gives rows, or what `decode` makes of them; its parameter says what a row is. */
export function selectStatement<Row>(text: string, values: readonly unknown[]): Statement<readonly Row[]>;
export function selectStatement<Result>(
  text: string,
  values: readonly unknown[],
  decode: (rows: readonly never[]) => Result,
): Statement<Result>;
export function selectStatement(
  text: string,
  values: readonly unknown[],
  decode: (rows: readonly never[]) => unknown = (rows) => rows,
): Statement<unknown> {
  return { text, values, decode };
}

/** A statement that writes and gives nothing. */
export function writeStatement(text: string, values: readonly unknown[]): Statement<void> {
  return { text, values, decode: () => undefined };
}

/** In the place of a statement that would have nothing to do. */
export function knownResult<Result>(result: Result): Statement<Result> {
  return { text: undefined, values: [], decode: () => result };
}

/** In the place of a write that would have nothing to do. */
export const nothingToWrite: Statement<void> = knownResult(undefined);
