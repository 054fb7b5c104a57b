import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A row that breaks a rule, as the database tells it. */
export type OffendingRow = Readonly<Record<string, unknown>>;

/** What a rule found in one snapshot of the database. */
export interface Finding {
  /** How many things were looked at. */
  readonly checked: number;
  /** How many of them break the rule; `offending` may show fewer. */
  readonly count: number;
  readonly offending: readonly OffendingRow[];
}

/** What a check is asked to look at. */
export interface CheckScope {
  /** The last business date whose nights are done: what was due by then must have happened. */
  readonly through?: string;
  /** Which months are read charge by charge and invoice by invoice; all, when left out. */
  readonly months?: MonthsToRead;
  /** That the files of the nights lie in FILES_DIR: a missing one is then a finding. Left out, when there are any. */
  readonly filesAreHere?: boolean;
}

/** Billing periods, and the calendar months of the same names in the ledger. */
export interface MonthsToRead {
  /** This one and all that follow. */
  readonly since: string;
  /** One before them. */
  readonly also?: string | undefined;
}

/** One sentence that must hold, and how to find what breaks it. */
export interface Rule {
  readonly sentence: string;
  find(snapshot: InTransaction<Deps>, scope: CheckScope): Promise<Finding>;
}

/** An invariant of the design, made of rules. */
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
