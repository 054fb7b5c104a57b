import { queryRows } from '../database/statement-pipeline.ts';
import { nothingToWrite, writeStatement, type Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compare } from '../shared/calendar.rules.ts';
import { distinctPeriods, type PeriodKey } from './ensure-billing-period.ts';

/*
 * In a Galera cluster a lock is valid on its own node only, and the foreign key of a charge does not stop another node
 * from changing its billing period. Only transactions that write the same row exclude each other: the cluster
 * commits one and fails the other, which is retried. So each charge writes a row that the close of its period writes too.
 * These rows are striped, so that charges do not wait for each other; the table and its column call a stripe `lane`.
 */

/** Connections that share a stripe wait for each other's commit. */
const STRIPES_PER_NODE = 32;
/** Beyond it nodes share their stripes, which costs retries and nothing else. */
const NODES = 8;

/** The stripe of this connection. The cluster gives every node its own auto_increment_offset. */
const STRIPE = `MOD(@@auto_increment_offset, ${NODES}) * ${STRIPES_PER_NODE} + MOD(CONNECTION_ID(), ${STRIPES_PER_NODE})`;

/**
 * Lets this transaction add charges to open periods: none of them closes on another node before it has
 * committed. It may be called at any time before the commit; until then the locks of this node protect the periods.
 */
export function joinAsWriter(periods: readonly PeriodKey[]): Statement<void> {
  if (periods.length === 0) return nothingToWrite;
  const rows = distinctPeriods(periods).sort(
    (a, b) => compare(a.period, b.period) || a.closingGroup - b.closingGroup,
  );
  return writeStatement(
    `INSERT INTO billing_period_lane (period, closing_group, lane, passed)
     VALUES ${rows.map(() => `(?, ?, ${STRIPE}, 1)`).join(', ')} ON DUPLICATE KEY UPDATE passed = passed + 1`,
    rows.flatMap(({ period, closingGroup }) => [period, closingGroup]),
  );
}

/**
 * Writes every stripe of a period that takes no more charges. Once this has committed, each of its charges can be read,
 * and a transaction that is adding one on another node fails, and finds the period closing when it is retried. Call it in
 * a transaction after the one that set the period to closing: in the same one it would lose to every charge in progress.
 */
export async function closeToWriters(
  tx: InTransaction<Deps>,
  { period, closingGroup }: PeriodKey,
): Promise<void> {
  const stripes = Array.from({ length: NODES * STRIPES_PER_NODE }, (_, lane) => [
    period,
    closingGroup,
    lane,
    1,
  ]);
  await queryRows(
    tx.em,
    `INSERT INTO billing_period_lane (period, closing_group, lane, passed) VALUES ?
     ON DUPLICATE KEY UPDATE passed = passed + 1`,
    [stripes],
  );
}
