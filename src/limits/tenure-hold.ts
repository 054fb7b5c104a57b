import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { selectStatement, writeStatement, type Statement } from '../database/statement.ts';
import { insertRows } from '../database/rows.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import { compare } from '../shared/calendar.rules.ts';
import { tenureKey, type TenureKey } from './line-spending.ts';

/** An authorization that waits for its capture. */
export interface Hold extends TenureKey {
  readonly chargeId: string;
  readonly subscriberId: number;
  readonly amountMinor: bigint;
}

/** A tenure whose row is locked, with the amount as the driver gives it. */
export interface LockedTenure extends TenureKey {
  readonly heldMinor: number | string;
}

/**
 * Locks tenures in the order of their keys, and gives what each holds at most: authorizations that have ended count until
 * the night releases them. Two sales on one tenure take turns from here on, whichever billing periods they are in, and
 * whichever nodes of a cluster.
 */
export function lockTenures(tenures: readonly TenureKey[]): Statement<readonly LockedTenure[]> {
  const values = inOrder(tenures).map(({ lineId, holderFrom }) => [lineId, holderFrom, 0]);
  return selectStatement<LockedTenure>(
    `INSERT INTO tenure_hold (line_id, holder_from, held_minor) VALUES ?
     ON DUPLICATE KEY UPDATE passed = passed + @@wsrep_on
     RETURNING line_id AS lineId, holder_from AS holderFrom, held_minor AS heldMinor`,
    [values],
  );
}

/** What locked tenures hold now: authorizations that can still be captured, and accepted uses of files, by `tenureKey`. */
export async function sumHeld(
  tx: InTransaction<Deps>,
  locked: readonly LockedTenure[],
): Promise<ReadonlyMap<string, bigint>> {
  const holding = locked.filter(({ heldMinor }) => Number(heldMinor) > 0);
  if (holding.length === 0) return new Map();
  const keys = holding.map(({ lineId, holderFrom }) => [lineId, holderFrom]);
  const rows = await queryRows<LockedTenure>(
    tx.em,
    `SELECT lineId, holderFrom, SUM(minor) AS heldMinor FROM (
       SELECT o.line_id AS lineId, o.holder_from AS holderFrom, o.amount_minor AS minor
       FROM open_authorization o JOIN charge c ON c.id = o.charge_id
       WHERE (o.line_id, o.holder_from) IN (?) AND c.open_until > ?
       UNION ALL SELECT line_id, holder_from, amount_minor FROM usage_hold WHERE (line_id, holder_from) IN (?)
     ) AS held GROUP BY lineId, holderFrom`,
    [keys, tx.clock.now(), keys],
  );
  return new Map(rows.map((row) => [tenureKey(row), BigInt(row.heldMinor)]));
}

/** Counts an authorization against every billing period of its tenure, until it is released. The tenure is locked. */
export function placeHold(hold: Hold): Statement<void>[] {
  const { lineId, holderFrom, amountMinor } = hold;
  return [
    insertRows('open_authorization', [hold]),
    writeStatement(
      'UPDATE tenure_hold SET held_minor = held_minor + ? WHERE line_id = ? AND holder_from = ?',
      [amountMinor, lineId, holderFrom],
    ),
  ];
}

/** Releases authorizations that are captured or ended; never below zero, which the table refuses. */
export async function releaseHolds(
  tx: InTransaction<Deps>,
  holds: readonly Omit<Hold, 'subscriberId'>[],
): Promise<void> {
  if (holds.length === 0) return;
  const sums = new Map<string, bigint>();
  for (const hold of holds) {
    const key = tenureKey(hold);
    sums.set(key, (sums.get(key) ?? 0n) + hold.amountMinor);
  }
  const statement = sqlOf(tx.em);
  for (const tenure of inOrder(holds)) {
    const { lineId, holderFrom } = tenure;
    await sql`
      UPDATE tenure_hold SET held_minor = held_minor - ${sums.get(tenureKey(tenure))}
      WHERE line_id = ${lineId} AND holder_from = ${holderFrom}`.execute(statement);
  }
  const charges = holds.map(({ chargeId }) => chargeId);
  await statement.deleteFrom('open_authorization').where('chargeId', 'in', charges).execute();
}

/** Each tenure once, in the order in which everybody locks them. */
function inOrder(tenures: readonly TenureKey[]): TenureKey[] {
  const distinct = new Map(tenures.map((tenure) => [tenureKey(tenure), tenure]));
  return [...distinct].sort(([a], [b]) => compare(a, b)).map(([, tenure]) => tenure);
}
