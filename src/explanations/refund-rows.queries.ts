import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findWalkEnd, isSmall, PAGE_ROWS, WALK_ROWS, walkedPage } from './charge-rows.queries.ts';
import type { LineKey } from './figure-address.rules.ts';
import type { FigureRow, FigureRows } from './figure-node.types.ts';
import type { MonthWindow } from './month-window.queries.ts';

interface RefundRow {
  readonly id: string;
  readonly chargeId: string;
  readonly businessDate: string;
  readonly originalPeriod: string;
  readonly description: string;
  readonly reference: string | null;
  readonly amount: string | number;
  readonly lineId: string;
}

/** Of a settlement line: refunds by bank stand under the closing group of their charges. */
const ofLine = `r.company_id = ? AND r.id >= ? AND r.id < ? AND r.billing_period = ? AND r.charge_group = ? AND r.service_id = ?
  AND r.tax_code = ? AND r.tax_rate_bps = ? AND r.kind = ? AND r.charge_period = ?`;

const keyOf = ({ closingGroup, serviceId, taxCode, taxRateBps, kind, originalPeriod }: LineKey) => [
  closingGroup,
  serviceId,
  taxCode,
  taxRateBps,
  kind === 'bank' ? 'bank' : 'invoice',
  originalPeriod,
];

/** The refunds of a settlement line, newest first. Walks the company's key, at most `WALK_ROWS` of it. */
export async function listRefundRows(
  deps: Deps,
  { window, line, after }: { window: MonthWindow; line: LineKey; after?: string | undefined },
): Promise<FigureRows> {
  const end = await findWalkEnd(deps, 'refund', { window, after, limit: WALK_ROWS });
  const rows = await queryRows<RefundRow>(
    emOf(deps),
    `SELECT r.id, r.charge_id AS chargeId, r.business_date AS businessDate, r.charge_period AS originalPeriod, c.description,
       r.reference, r.amount_minor AS amount, r.line_id AS lineId
     FROM refund r FORCE INDEX (refund_of_company) STRAIGHT_JOIN charge c ON c.id = r.charge_id
     WHERE ${ofLine} ORDER BY r.id DESC LIMIT ${PAGE_ROWS + 1}`,
    [window.companyId, end.low, after ?? window.before, window.period, ...keyOf(line)],
  );
  const found = rows.map(({ amount, chargeId, ...row }): FigureRow => ({
    ...row,
    kind: line.kind === 'bank' ? 'bank' : 'refund',
    address: { of: 'charge', id: chargeId, figure: 'captured' },
    amountMinor: -BigInt(amount),
  }));
  return walkedPage(found, end);
}

/** What the refunds of a settlement line come to, negative; undefined for more rows than are added up. */
export async function sumRefunds(
  deps: Deps,
  { window, line }: { window: MonthWindow; line: LineKey },
): Promise<bigint | undefined> {
  if (!(await isSmall(deps, 'refund', window))) return undefined;
  const [sum] = await queryRows<{ total: string | number }>(
    emOf(deps),
    `SELECT COALESCE(SUM(r.amount_minor), 0) AS total FROM refund r FORCE INDEX (refund_of_company) WHERE ${ofLine}`,
    [window.companyId, window.from, window.before, window.period, ...keyOf(line)],
  );
  return -BigInt(sum!.total);
}
