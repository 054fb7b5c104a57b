/**
 * A statement as a value: the module that knows the table creates it, the owner of the transaction runs it
 * (`runPipeline`, `runStatement`). A `?` takes a value or, in brackets, a list. Rows are returned as the driver reads them:
 * columns under their names in the statement, instants and dates as text, whole numbers as numbers (text past 2^53).
 *
 * Statements bypass the query builder: for many rows it takes longer to build a statement, and to rename and convert its
 * result, than the database takes to run it.
 */
export interface Statement<Result> {
  /** Undefined for a statement whose result is known, which is not sent. */
  readonly text: string | undefined;
  readonly values: readonly unknown[];
  /** Converts its rows to the result. */
  readonly decode: (rows: readonly never[]) => Result;
}

/** A statement that returns rows, or the result of `decode`; the type parameter is a row. */
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

/** A statement that writes and returns nothing. */
export function writeStatement(text: string, values: readonly unknown[]): Statement<void> {
  return { text, values, decode: () => undefined };
}

/** Replaces a statement that would have nothing to do. */
export function knownResult<Result>(result: Result): Statement<Result> {
  return { text: undefined, values: [], decode: () => result };
}

/** Replaces a write that would have nothing to do. */
export const nothingToWrite: Statement<void> = knownResult(undefined);
