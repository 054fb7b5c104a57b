import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { LineKey } from './figure-address.rules.ts';
import type { FigureRow, FigureRows } from './figure-node.types.ts';
import type { MonthWindow } from './month-window.queries.ts';

/** Rows of a page. */
export const PAGE_ROWS = 50;
/** Most rows of the company that one page walks over. */
export const WALK_ROWS = 6_000;
/** Most rows that are added up to check a figure. */
export const CHECK_ROWS = 10_000;

export type WalkedTable = 'charge' | 'refund';

interface Walk {
  readonly window: MonthWindow;
  /** The last identifier of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** How far back the company's key is walked from a place: the lowest identifier of at most `limit`, and how many there are. */
export async function findWalkEnd(
  deps: Deps,
  table: WalkedTable,
  { window: { companyId, from, before }, after, limit }: Walk,
): Promise<{ readonly low: string; readonly count: number }> {
  const [end] = await queryRows<{ low: string | null; count: number | string }>(
    emOf(deps),
    `SELECT MIN(k.id) AS low, COUNT(*) AS count FROM (SELECT id FROM ${table} FORCE INDEX (${table}_of_company)
       WHERE company_id = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ${limit}) k`,
    [companyId, from, after ?? before],
  );
  return { low: end?.low ?? before, count: Number(end?.count ?? 0) };
}

/** Continues a walk that has found its rows, or that has reached its limit before. */
export function walkedPage(
  found: readonly FigureRow[],
  { low, count }: { readonly low: string; readonly count: number },
): FigureRows {
  const rows = found.slice(0, PAGE_ROWS);
  if (found.length > PAGE_ROWS) return { rows, next: rows.at(-1)!.id };
  return count === WALK_ROWS ? { rows, next: low } : { rows };
}

interface ChargeRow {
  readonly id: string;
  readonly businessDate: string;
  readonly description: string;
  readonly reference: string | null;
  readonly amount: string | number;
  readonly lineId: string;
  readonly isNeverBilled: number;
}

/** The charges of a settlement line, newest first. Walks the company's key, at most `WALK_ROWS` of it. */
export async function listChargeRows(
  deps: Deps,
  { window, line, after }: { window: MonthWindow; line: LineKey; after?: string | undefined },
): Promise<FigureRows> {
  const end = await findWalkEnd(deps, 'charge', { window, after, limit: WALK_ROWS });
  const { closingGroup, serviceId, taxCode, taxRateBps } = line;
  const rows = await queryRows<ChargeRow>(
    emOf(deps),
    `SELECT c.id, c.business_date AS businessDate, c.description, c.reference, c.captured_minor AS amount, c.line_id AS lineId,
       EXISTS (SELECT 1 FROM refund r WHERE r.charge_id = c.id AND r.billing_period = c.billing_period
         AND r.closing_group IS NOT NULL AND r.refunded_before_minor + r.amount_minor = c.captured_minor) AS isNeverBilled
     FROM charge c FORCE INDEX (charge_of_company)
     WHERE c.company_id = ? AND c.id >= ? AND c.id < ? AND c.billing_period = ? AND c.closing_group = ? AND c.service_id = ?
       AND c.tax_code = ? AND c.tax_rate_bps = ? AND c.captured_minor IS NOT NULL
     ORDER BY c.id DESC LIMIT ${PAGE_ROWS + 1}`,
    [
      window.companyId,
      end.low,
      after ?? window.before,
      window.period,
      closingGroup,
      serviceId,
      taxCode,
      taxRateBps,
    ],
  );
  const found = rows.map(({ amount, isNeverBilled, ...row }): FigureRow => ({
    ...row,
    kind: 'charge',
    address: { of: 'charge', id: row.id, figure: 'captured' },
    amountMinor: BigInt(amount),
    isNeverBilled: isNeverBilled === 1,
  }));
  return walkedPage(found, end);
}

/** What the charges of a settlement line come to; undefined for more rows than are added up. */
export async function sumCharges(
  deps: Deps,
  { window, line }: { window: MonthWindow; line: LineKey },
): Promise<bigint | undefined> {
  if (!(await isSmall(deps, 'charge', window))) return undefined;
  const [sum] = await queryRows<{ total: string | number }>(
    emOf(deps),
    `SELECT COALESCE(SUM(c.captured_minor), 0) AS total FROM charge c FORCE INDEX (charge_of_company)
     WHERE c.company_id = ? AND c.id >= ? AND c.id < ? AND c.billing_period = ? AND c.closing_group = ? AND c.service_id = ?
       AND c.tax_code = ? AND c.tax_rate_bps = ? AND c.captured_minor IS NOT NULL`,
    [...monthOf(window), line.closingGroup, line.serviceId, line.taxCode, line.taxRateBps],
  );
  return BigInt(sum!.total);
}

/** Distinct lines of a company's charges in a month, and of these the ones with nothing but charges that count as never billed. */
export async function countLines(deps: Deps, window: MonthWindow) {
  if (!(await isSmall(deps, 'charge', window))) return undefined;
  const [counted] = await queryRows<{ charged: string | number; neverBilled: string | number | null }>(
    emOf(deps),
    `SELECT COUNT(*) AS charged, SUM(l.counting = 0) AS neverBilled FROM (
       SELECT c.line_id, SUM(NOT EXISTS (SELECT 1 FROM refund r WHERE r.charge_id = c.id AND r.billing_period = c.billing_period
         AND r.closing_group IS NOT NULL AND r.refunded_before_minor + r.amount_minor = c.captured_minor)) AS counting
       FROM charge c FORCE INDEX (charge_of_company)
       WHERE c.company_id = ? AND c.id >= ? AND c.id < ? AND c.billing_period = ? AND c.captured_minor IS NOT NULL
       GROUP BY c.line_id) l`,
    monthOf(window),
  );
  return { charged: Number(counted!.charged), neverBilled: Number(counted!.neverBilled ?? 0) };
}

/** Whether so few rows are in a window that a page may add them up. */
export async function isSmall(deps: Deps, table: WalkedTable, window: MonthWindow): Promise<boolean> {
  const { count } = await findWalkEnd(deps, table, { window, limit: CHECK_ROWS + 1 });
  return count <= CHECK_ROWS;
}

const monthOf = ({ companyId, from, before, period }: MonthWindow) => [companyId, from, before, period];
