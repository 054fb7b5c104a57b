import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { CHECK_ROWS, PAGE_ROWS } from './charge-rows.queries.ts';
import type { FigureRow, FigureRows } from './figure-node.types.ts';

export interface ClawbackRows {
  readonly settlementId: string;
  readonly kind: 'clawback' | 'recovery';
  readonly period: string;
  readonly after?: string | undefined;
}

interface ClawbackRow {
  readonly id: string;
  readonly chargeId: string;
  readonly bookedOn: string;
  readonly description: string;
  readonly reference: string | null;
  readonly amount: string | number;
  readonly lineId: string;
}

/** The steps of charges that a settlement has taken over of an original period, the newest first, by the key of the settlement. */
export async function listClawbackRows(
  deps: Deps,
  { settlementId, kind, period, after }: ClawbackRows,
): Promise<FigureRows> {
  const found = await queryRows<ClawbackRow>(
    emOf(deps),
    `SELECT k.id, k.charge_id AS chargeId, k.booked_on AS bookedOn, c.description, c.reference, k.amount_minor AS amount,
       k.line_id AS lineId
     FROM clawback k FORCE INDEX (clawback_of_settlement) STRAIGHT_JOIN charge c ON c.id = k.charge_id
     WHERE k.settlement_id = ? AND k.billing_period = ? AND k.id < ? AND k.kind = ?
     ORDER BY k.id DESC LIMIT ${PAGE_ROWS + 1}`,
    [settlementId, period, after ?? '~', kind],
  );
  const rows = found.slice(0, PAGE_ROWS).map(({ amount, chargeId, bookedOn, ...row }): FigureRow => ({
    ...row,
    kind,
    address: { of: 'charge', id: chargeId, figure: 'captured' },
    businessDate: bookedOn,
    amountMinor: BigInt(amount),
    originalPeriod: period,
  }));
  return found.length > PAGE_ROWS ? { rows, next: rows.at(-1)!.id } : { rows };
}

/** What a settlement has taken over, by original period; undefined for more rows than are added up. */
export async function sumClawbacks(
  deps: Deps,
  { settlementId, kind }: Pick<ClawbackRows, 'settlementId' | 'kind'>,
): Promise<readonly { readonly period: string; readonly totalMinor: bigint }[] | undefined> {
  const [size] = await queryRows<{ count: number | string }>(
    emOf(deps),
    `SELECT COUNT(*) AS count FROM (SELECT 1 FROM clawback FORCE INDEX (clawback_of_settlement)
       WHERE settlement_id = ? LIMIT ${CHECK_ROWS + 1}) k`,
    [settlementId],
  );
  if (Number(size!.count) > CHECK_ROWS) return undefined;
  const rows = await queryRows<{ period: string; total: number | string }>(
    emOf(deps),
    `SELECT billing_period AS period, SUM(amount_minor) AS total FROM clawback FORCE INDEX (clawback_of_settlement)
     WHERE settlement_id = ? AND kind = ? GROUP BY billing_period ORDER BY billing_period`,
    [settlementId, kind],
  );
  return rows.map(({ period, total }) => ({ period, totalMinor: BigInt(total) }));
}

/** What a settlement has taken over of one period, however many rows that is. */
export async function sumClawbacksOfPeriod(
  deps: Deps,
  { settlementId, kind, period }: Pick<ClawbackRows, 'settlementId' | 'kind' | 'period'>,
): Promise<bigint> {
  const [row] = await queryRows<{ total: number | string | null }>(
    emOf(deps),
    `SELECT SUM(amount_minor) AS total FROM clawback FORCE INDEX (clawback_of_settlement)
     WHERE settlement_id = ? AND billing_period = ? AND kind = ?`,
    [settlementId, period, kind],
  );
  return BigInt(row?.total ?? 0);
}

/** The original periods of a settlement's steps, one look in the key for each. */
export async function listClawbackPeriods(deps: Deps, settlementId: string): Promise<readonly string[]> {
  const rows = await queryRows<{ period: string }>(
    emOf(deps),
    `SELECT DISTINCT billing_period AS period FROM clawback WHERE settlement_id = ? ORDER BY billing_period`,
    [settlementId],
  );
  return rows.map(({ period }) => period);
}
