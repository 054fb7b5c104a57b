import { insertRows } from '../database/rows.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import { nothingToWrite, type Statement } from '../database/statement.ts';
import type { Database, InTransaction } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import type { EventSnapshots, EventType } from './event-types.ts';

/** What an event takes of the dependencies of a use case. */
export interface EventDeps extends Database {
  readonly clock: Clock;
}

interface EventOf<Type extends EventType> {
  readonly type: Type;
  /** Identifier of the subject, whose kind the type begins with. */
  readonly subject: string;
  /** Whose event it is; null for what concerns no company, or all. */
  readonly companyId: number | null;
  readonly snapshot: EventSnapshots[Type];
  /** Now, when left out. */
  readonly occurredAt?: Date;
}

export type NewEvent = { readonly [Type in EventType]: EventOf<Type> }[EventType];

/**
 * Appends events in the transaction of the change they record, so that neither exists without the other: one statement, however
 * many they are.
 */
export async function appendEvents(tx: InTransaction<EventDeps>, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await runStatement(tx.em, prepareEvents(tx, events));
}

/** The same as a statement, to be run with others. */
export function prepareEvents(tx: InTransaction<EventDeps>, events: readonly NewEvent[]): Statement<void> {
  if (events.length === 0) return nothingToWrite;
  const now = tx.clock.now();
  const rows = events.map(({ type, subject, companyId, snapshot, occurredAt = now }) => ({
    type,
    subjectKind: type.slice(0, type.indexOf('.')),
    subjectId: subject,
    companyId,
    occurredAt,
    snapshot: JSON.stringify(snapshot, amountAsText),
  }));
  return insertRows('event', rows as never);
}

function amountAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
