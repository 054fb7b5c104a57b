import { insertRows } from '../database/rows.ts';
import { writeStatement, type Statement } from '../database/statement.ts';
import { compare } from '../shared/calendar.rules.ts';
import { tenureKey, type TenureKey } from './line-spending.ts';

/** A use that was accepted as a row of a company's file, and is charged soon. */
export interface UseHold extends TenureKey {
  readonly fileId: string;
  readonly number: number;
  readonly subscriberId: number;
  readonly amountMinor: bigint;
}

/**
 * Counts accepted uses against every billing period of their tenures until `releaseUsageHolds`, as an authorization does: nobody else
 * spends what they need. The tenures are locked.
 */
export function placeUsageHolds(holds: readonly UseHold[]): Statement<void>[] {
  return [insertRows('usage_hold', inOrder(holds)), addHeld(holds, '+')];
}

/** Releases uses that are charged or given up; never below zero, which the table refuses. The tenures are locked. */
export function releaseUsageHolds(holds: readonly UseHold[]): Statement<void>[] {
  if (holds.length === 0) return [];
  const keys = inOrder(holds).map((hold) => [hold.lineId, hold.holderFrom, hold.fileId, hold.number]);
  return [
    writeStatement('DELETE FROM usage_hold WHERE (line_id, holder_from, file_id, number) IN (?)', [keys]),
    addHeld(holds, '-'),
  ];
}

/** The rows of the tenures are there since they were locked. */
function addHeld(holds: readonly UseHold[], sign: '+' | '-'): Statement<void> {
  const sums = new Map<string, { lineId: string; holderFrom: string; heldMinor: bigint }>();
  for (const { lineId, holderFrom, amountMinor } of inOrder(holds)) {
    const key = tenureKey({ lineId, holderFrom });
    sums.set(key, { lineId, holderFrom, heldMinor: (sums.get(key)?.heldMinor ?? 0n) + amountMinor });
  }
  return insertRows(
    'tenure_hold',
    [...sums.values()] as never,
    `ON DUPLICATE KEY UPDATE held_minor = held_minor ${sign} VALUES(held_minor)`,
  );
}

/** In the order in which everybody locks tenures. */
function inOrder(holds: readonly UseHold[]): UseHold[] {
  return holds.toSorted((a, b) => compare(tenureKey(a), tenureKey(b)) || a.number - b.number);
}
