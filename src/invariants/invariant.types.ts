import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A row that breaks a rule, as the database returns it. */
export type OffendingRow = Readonly<Record<string, unknown>>;

/** The result of a rule on one snapshot of the database. */
export interface Finding {
  /** How many rows were checked. */
  readonly checked: number;
  /** How many of them break the rule; `offending` may show fewer. */
  readonly count: number;
  readonly offending: readonly OffendingRow[];
}

/** The scope of a check. */
export interface CheckScope {
  /** The last business date whose nights are done: everything due by then must have happened. */
  readonly through?: string;
  /** Which months are read charge by charge and invoice by invoice; all by default. */
  readonly months?: MonthsToRead;
  /** Whether FILES_DIR has the files of the nights: a missing one is then a finding. By default, whether it has any. */
  readonly filesAreHere?: boolean;
  /** The files among invoice details and statements, listed before the snapshot; `checkInvariants` lists them. */
  readonly filesFound?: readonly string[];
}

/** Billing periods, and the calendar months of the same names in the ledger. */
export interface MonthsToRead {
  /** This month and all later ones. */
  readonly since: string;
  /** One earlier month. */
  readonly also?: string | undefined;
}

/** One sentence that must hold, and how to find the rows that break it. */
export interface Rule {
  readonly sentence: string;
  find(snapshot: InTransaction<Deps>, scope: CheckScope): Promise<Finding>;
}

/** An invariant of the design, composed of rules. */
export interface Invariant {
  readonly number: number;
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** Whether an invariant holds, and the rows that break it, each with the sentence it breaks. */
export interface InvariantResult {
  readonly number: number;
  readonly name: string;
  readonly holds: boolean;
  readonly checked: number;
  readonly offendingCount: number;
  readonly offending: readonly (OffendingRow & { readonly broken: string })[];
}
