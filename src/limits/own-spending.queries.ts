import { runPipeline } from '../database/statement-pipeline.ts';
import { selectStatement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureKey } from './line-spending.ts';

/** An issued ID, and the billing period of its tenure that is to take a charge. */
export interface OwnSpendingKey extends TenureKey {
  readonly subscriberId: number;
  readonly period: string;
}

/** One text for an issued ID and a billing period. */
export const ownKey = ({ subscriberId, period }: Pick<OwnSpendingKey, 'subscriberId' | 'period'>): string =>
  `${subscriberId}|${period}`;

/**
 * What issued IDs have bought themselves: booked in the billing period, and open in any, by `ownKey`. Asked only for those
 * with a limit of their own, who are few: added up from an index over the charges, nothing has to be counted for the
 * others. Their tenures are locked, so it does not change until this transaction ends.
 */
export async function findOwnSpending(
  tx: InTransaction<Deps>,
  wanted: readonly OwnSpendingKey[],
): Promise<ReadonlyMap<string, bigint>> {
  if (wanted.length === 0) return new Map();
  const distinct = [...new Map(wanted.map((key) => [ownKey(key), key])).values()];
  const ofPeriods = Map.groupBy(distinct, ({ period }) => period);
  const [held, ...booked] = await runPipeline(tx.em, [
    sumHeld(distinct, tx.clock.now()),
    ...[...ofPeriods].map(([period, keys]) => sumBooked(period, keys)),
  ]);
  const bookedMinor = new Map(booked.flatMap((sums) => [...sums]));
  return new Map(
    distinct.map((key) => [
      ownKey(key),
      (bookedMinor.get(ownKey(key)) ?? 0n) + (held.get(String(key.subscriberId)) ?? 0n),
    ]),
  );
}

/** Open authorizations and accepted uses of files, by issued ID. */
function sumHeld(wanted: readonly OwnSpendingKey[], now: Date) {
  const keys = wanted.map(({ lineId, holderFrom }) => [lineId, holderFrom]);
  return selectStatement(
    `SELECT subscriberId, SUM(minor) AS heldMinor FROM (
       SELECT o.subscriber_id AS subscriberId, o.amount_minor AS minor
       FROM open_authorization o JOIN charge c ON c.id = o.charge_id
       WHERE (o.line_id, o.holder_from) IN (?) AND c.open_until > ?
       UNION ALL SELECT subscriber_id, amount_minor FROM usage_hold WHERE (line_id, holder_from) IN (?)
     ) AS held GROUP BY subscriberId`,
    [keys, now, keys],
    (rows: readonly { subscriberId: number; heldMinor: number | string }[]) =>
      new Map(rows.map((row) => [String(row.subscriberId), BigInt(row.heldMinor)])),
  );
}

/** Captured charges of one billing period, less what was refunded of them on its own invoice, by `ownKey`. */
function sumBooked(period: string, keys: readonly OwnSpendingKey[]) {
  return selectStatement(
    `SELECT c.subscriber_id AS subscriberId,
       SUM(c.captured_minor - COALESCE((SELECT SUM(r.amount_minor) FROM refund r WHERE r.charge_id = c.id
         AND r.kind = 'invoice' AND r.billing_period = r.charge_period AND r.closing_group = r.charge_group), 0)) AS bookedMinor
     FROM charge c FORCE INDEX (charge_of_buyer)
     WHERE c.billing_period = ? AND c.subscriber_id IN (?) AND c.captured_minor IS NOT NULL GROUP BY c.subscriber_id`,
    [period, keys.map(({ subscriberId }) => subscriberId)],
    (rows: readonly { subscriberId: number; bookedMinor: number | string }[]) =>
      new Map(rows.map((row) => [ownKey({ ...row, period }), BigInt(row.bookedMinor)])),
  );
}
