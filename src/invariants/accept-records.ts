import { sql } from 'kysely';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { acceptLines } from '../lines/record-line-changes.ts';
import { isFinal, type GuardedTable } from '../database/guarded-records.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import {
  changedUnrecorded,
  guardedTables,
  removedUnrecorded,
} from '../database/unrecorded-changes.queries.ts';

export interface AcceptRecords {
  /** Why the change is correct. */
  readonly reason: string;
}

/** Who accepts and why, as audit rows have it. */
interface Acceptance extends AcceptRecords {
  readonly actor: string;
}

/**
 * Accepts guarded records as they are: writes the missing audit row of each change, for corrections that were made by SQL
 * and examined. Returns the accepted records. Lines are accepted together, as one row. Records that must never change are
 * never accepted.
 */
export async function acceptRecords(
  deps: Deps,
  actor: Actor,
  { reason }: AcceptRecords,
): Promise<{ table: GuardedTable; key: string }[]> {
  authorize(actor, 'records:accept');
  const by = { actor: actorName(actor), reason };
  return inTransaction(deps, async (tx) => {
    const accepted = [];
    for (const table of guardedTables.filter((name) => !isFinal(name)))
      accepted.push(...(await acceptTable(tx, table, by)));
    await acceptLines(tx, {
      actor: by.actor,
      action: 'record.accept',
      subject: 'line-master',
      facts: { reason },
    });
    return accepted;
  });
}

async function acceptTable(tx: InTransaction<Deps>, table: GuardedTable, { actor, reason }: Acceptance) {
  const query = sqlOf(tx.em);
  const changed = (await changedUnrecorded(table).execute(query)).rows.map((row) => row.record_key);
  const removed = (await removedUnrecorded(table).execute(query)).rows.map((row) => row.record_key);
  for (const key of changed) {
    const line = { actor, action: 'record.accept', subject: `${table}:${key}`, facts: { reason } };
    await recordAudit(tx, { ...line, changed: { table, key: key.split('/') } });
  }
  for (const key of removed) await recordRemoval(tx, { table, key }, { actor, reason });
  return [...changed, ...removed].map((key) => ({ table, key }));
}

/** A version without a digest: the record does not exist any more. */
async function recordRemoval(
  tx: InTransaction<Deps>,
  { table, key }: { table: GuardedTable; key: string },
  { actor, reason }: Acceptance,
): Promise<void> {
  const facts = JSON.stringify({ reason, removed: true });
  await sql`
    INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version)
    SELECT ${tx.ids.next()}, ${tx.clock.now()}, ${actor}, 'record.accept', ${`${table}:${key}`}, ${facts},
      ${table}, ${key}, 1 + MAX(record_version)
    FROM audit_entry WHERE record_table = ${table} AND record_key = ${key}`.execute(sqlOf(tx.em));
}
