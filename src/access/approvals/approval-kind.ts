import type { InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import type { Actor } from '../actor.ts';
import type { Permission } from '../permissions.ts';
import type { ChangeAuthority } from './change-authority.ts';

/** One kind of change that takes two people: what is proposed, of what, and the use case that does it. */
export interface ApprovalKind<Input extends object = object> {
  /** As `noun.what`: `company.bank-account`. */
  readonly kind: string;
  readonly propose: Permission;
  readonly approve: Permission;
  /**
   * Refuses an actor who has the right and does not reach the subject, such as one of another company, or who may not decide
   * about it. Asked for the proposer and for who decides.
   * @throws Problem
   */
  assertReach?(tx: InTransaction<Deps>, by: DecidingActor, input: Input): Promise<void>;
  /** The input as the use case takes it, from its JSON, in which amounts are text. */
  readInput(stored: Readonly<Record<string, unknown>>): Input;
  /** Locks the subject and reads its version: all that the change is decided on. @throws Problem for an unknown subject. */
  lockSubject(tx: InTransaction<Deps>, input: Input): Promise<LockedSubject>;
  /** What would change. @throws Problem whatever the use case itself would refuse. */
  preview(tx: InTransaction<Deps>, input: Input): Promise<Readonly<Record<string, Change>>>;
  /** The use case itself, with all its checks again; runs in the transaction that records the approval. */
  execute(tx: InTransaction<Deps>, authority: ChangeAuthority, input: Input): Promise<void>;
}

/** Who proposes or decides, by which of the kind's permissions. */
export interface DecidingActor {
  readonly actor: Actor;
  readonly permission: Permission;
  /** Says no: what keeps somebody from approving keeps nobody from that. */
  readonly isRejecting?: true;
}

export interface LockedSubject {
  /** As `noun:identifier`, like the subject of an audit row. */
  readonly subject: string;
  /** Everything of the subject that the proposer saw; another version makes the proposal void. */
  readonly version: object;
}

/** For people. */
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

/** The kinds of change there are; a proposal of another kind cannot be decided by this release. */
export type ApprovalKinds = readonly ApprovalKind[];
