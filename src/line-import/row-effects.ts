import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RowPlace } from './line-row.rules.ts';
import type { TenureEffect } from './tenure-effects.rules.ts';

/** What depends on a tenure and ends, or stops, with it. */
export interface Attached {
  readonly issuedIds: number;
  readonly subscriptions: number;
  readonly consents: number;
  /** Authorized, neither captured nor expired. */
  readonly authorizations: number;
}

/** The effect of a row on a stored tenure, with what depends on it; of the row it has the position only. */
export interface RowEffect extends RowPlace {
  readonly kind: TenureEffect['kind'];
  readonly lineId: string;
  /** First day of the tenure. */
  readonly holderFrom: string;
  /** First day after the tenure. */
  readonly endsOn?: string;
  /** New status of a line that stops. */
  readonly status?: string;
  readonly attached: Attached;
}

interface TenureCount {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly count: number | string;
}

/** Each statement uses the key of lines or of subscribers; none scans a table. */
const COUNTS: Readonly<Record<keyof Attached, string>> = {
  issuedIds: `SELECT line_id AS lineId, holder_from AS holderFrom, COUNT(*) AS count FROM subscriber
    WHERE line_id IN (?) AND state = 'active' GROUP BY line_id, holder_from`,
  subscriptions: `SELECT a.line_id AS lineId, a.holder_from AS holderFrom, COUNT(*) AS count
    FROM subscriber p JOIN subscription a ON a.subscriber_id = p.id
    WHERE p.line_id IN (?) AND a.state IN ('active', 'leaving') GROUP BY a.line_id, a.holder_from`,
  consents: `SELECT a.line_id AS lineId, a.holder_from AS holderFrom, COUNT(*) AS count
    FROM subscriber p JOIN consent a ON a.subscriber_id = p.id
    WHERE p.line_id IN (?) AND a.state = 'active' GROUP BY a.line_id, a.holder_from`,
  authorizations: `SELECT a.line_id AS lineId, a.holder_from AS holderFrom, COUNT(*) AS count
    FROM open_authorization a JOIN charge c ON c.id = a.charge_id AND c.open_until > ?
    WHERE a.line_id IN (?) GROUP BY a.line_id, a.holder_from`,
};

/** Counts what depends on the tenures that rows end, stop or rename, in a few statements, or in none without such rows. */
export async function countAttached(
  tx: InTransaction<Deps>,
  effects: readonly TenureEffect[],
): Promise<RowEffect[]> {
  if (effects.length === 0) return [];
  const lineIds = [...new Set(effects.map(({ row }) => row.lineId))];
  const issuedIds = await readCounts(tx, 'issuedIds', lineIds);
  const subscriptions = await readCounts(tx, 'subscriptions', lineIds);
  const consents = await readCounts(tx, 'consents', lineIds);
  const authorizations = await readCounts(tx, 'authorizations', lineIds);
  return effects.map((effect) => {
    const key = tenureKey(effect.row.lineId, effect.holderFrom);
    const of = (counts: ReadonlyMap<string, number>): number => counts.get(key) ?? 0;
    const attached = {
      issuedIds: of(issuedIds),
      subscriptions: of(subscriptions),
      consents: of(consents),
      authorizations: of(authorizations),
    };
    const { row, ...what } = effect;
    return { row: row.row, line: row.line, lineId: row.lineId, ...what, attached };
  });
}

async function readCounts(
  tx: InTransaction<Deps>,
  kind: keyof Attached,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const values = kind === 'authorizations' ? [tx.clock.now(), lineIds] : [lineIds];
  const rows = await queryRows<TenureCount>(tx.em, COUNTS[kind], values);
  return new Map(rows.map((row) => [tenureKey(row.lineId, row.holderFrom), Number(row.count)]));
}

function tenureKey(lineId: string, holderFrom: string): string {
  return `${lineId}/${holderFrom}`;
}
