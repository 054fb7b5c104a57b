import { queryRows } from '../database/statement-pipeline.ts';
import { nothingToWrite, writeStatement, type Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compare } from '../shared/calendar.rules.ts';
import { distinctPeriods, type PeriodKey } from './ensure-billing-period.ts';

/*
 * In a cluster (Galera) a lock holds on its own node only, and the foreign key of a charge does not keep another node
 * from changing the period it names. Only transactions that have written the same row are kept apart: the cluster
 * lets one commit and has the other tried again. So a charge writes a row that the close of its period writes too.
 */

/** Lanes of one node: connections that share one wait for each other's commit. */
const LANES_OF_NODE = 32;
/** With more nodes some share their lanes, which costs retries and nothing else. */
const NODES = 8;

/** The lane of this connection: the cluster gives every node an offset of its own. */
const LANE = `MOD(@@auto_increment_offset, ${NODES}) * ${LANES_OF_NODE} + MOD(CONNECTION_ID(), ${LANES_OF_NODE})`;

/**
 * Lets this transaction put charges into open periods: none of them closes on another node before it has
 * committed. At any time before the commit, for until then the node itself keeps their rows from changing.
 */
export function joinAsWriter(periods: readonly PeriodKey[]): Statement<void> {
  if (periods.length === 0) return nothingToWrite;
  const rows = distinctPeriods(periods).sort(
    (a, b) => compare(a.period, b.period) || a.closingGroup - b.closingGroup,
  );
  return writeStatement(
    `INSERT INTO billing_period_lane (period, closing_group, lane, passed)
     VALUES ${rows.map(() => `(?, ?, ${LANE}, 1)`).join(', ')} ON DUPLICATE KEY UPDATE passed = passed + 1`,
    rows.flatMap(({ period, closingGroup }) => [period, closingGroup]),
  );
}

/**
 * Shuts every lane of a period that takes no more charges: once this has committed, each charge in it is there to be
 * read, and one still under way on another node fails and finds the period closing. Comes in a transaction after the
 * one that turned the period to closing; in the same one it would lose to every charge that is under way.
 */
export async function closeToWriters(
  tx: InTransaction<Deps>,
  { period, closingGroup }: PeriodKey,
): Promise<void> {
  const lanes = Array.from({ length: NODES * LANES_OF_NODE }, (_, lane) => [period, closingGroup, lane, 1]);
  await queryRows(
    tx.em,
    `INSERT INTO billing_period_lane (period, closing_group, lane, passed) VALUES ?
     ON DUPLICATE KEY UPDATE passed = passed + 1`,
    [lanes],
  );
}
