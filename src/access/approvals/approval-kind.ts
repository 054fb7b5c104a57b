import type { InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { Actor } from '../actor.ts';
import type { Permission } from '../permissions.ts';

/** One kind of change that takes two people: what is proposed, of what, and the use case that does it. */
export interface ApprovalKind<Input extends object = object> {
  /** As `noun.what`: `company.bank-account`. */
  readonly kind: string;
  readonly propose: Permission;
  readonly approve: Permission;
  /**
   * Checks the input against the subject as it is, and reads it under a lock: its name, its version (all that the
   * change is decided on), and what would change. @throws Problem whatever the use case itself would refuse.
   */
  prepare(tx: InTransaction<Deps>, input: Input): Promise<PreparedChange>;
  /** The use case itself, with all its checks again; runs in the transaction that records the approval. */
  execute(tx: InTransaction<Deps>, actor: Actor, input: Input): Promise<void>;
}

export interface PreparedChange {
  /** As `noun:identifier`, like the subject of an audit row. */
  readonly subject: string;
  /** Everything of the subject that the proposer saw; another version makes the proposal void. Amounts as text. */
  readonly version: object;
  /** Field → the value before and after; for people. */
  readonly changes: Readonly<Record<string, Change>>;
}

export interface Change {
  readonly before: string | null;
  readonly after: string | null;
}

/** The fields whose value differs, as text. */
export function changesBetween(before: object, after: object): Record<string, Change> {
  const [old, now] = [new Map(Object.entries(before)), Object.entries(after)];
  return Object.fromEntries(
    now
      .map(([field, value]): [string, Change] => [
        field,
        { before: textOf(old.get(field)), after: textOf(value) },
      ])
      .filter(([, change]) => change.before !== change.after),
  );
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : `${value as string | number | bigint | boolean}`;
}
