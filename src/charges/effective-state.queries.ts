import type { Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import { timedStates } from './effective-state.rules.ts';
import {
  conditionsOf,
  keyOf,
  type Condition,
  type ListedTable,
  type ListFilter,
} from './list-filter.rules.ts';

export interface ListPage extends ListFilter {
  readonly limit: number;
  /** The last identifier of the previous page; identifiers rise in time, and lists start with the newest. */
  readonly after?: string | undefined;
}

/** Rows of one stored state: all of them, those whose time has run out, or the others. */
interface Branch {
  readonly stored?: string;
  readonly time?: 'open' | 'run-out';
}

function branchesOf(state: string | undefined): Branch[] {
  if (state === undefined) return [{}];
  if (state === 'expired')
    return [{ stored: state }, ...timedStates.map((stored) => ({ stored, time: 'run-out' }) as const)];
  const isTimed = timedStates.some((timed) => timed === state);
  return [isTimed ? { stored: state, time: 'open' } : { stored: state }];
}

const timeSql = {
  open: '(open_until IS NULL OR open_until > ?)',
  'run-out': 'open_until <= ?',
} as const;

/**
 * Identifiers of a page of rows, newest first, each in the effective state that is asked for: `effectiveState` in SQL.
 * Each stored state that a row may have then is read along its own key, which includes the time, so that rows in another
 * effective state are skipped without being read.
 */
export async function findListedIds(
  deps: Deps,
  table: ListedTable,
  owned: Owned,
  page: ListPage,
): Promise<string[]> {
  const { text, values } = listQuery(table, { ...page, owned: owned.rows }, deps.clock.now());
  const rows = await queryRows<{ id: string }>(emOf(deps), text, values);
  return rows.map(({ id }) => id);
}

/** The statement of `findListedIds`. */
export function listQuery(
  table: ListedTable,
  page: ListPage & { readonly owned: Owned['rows'] },
  now: Date,
): { readonly text: string; readonly values: unknown[] } {
  const { owned, state, after, limit } = page;
  const hint = owned.companyId === undefined ? '' : `FORCE INDEX (${keyOf(table, page)})`;
  const common: Condition[] = [
    ...ownerConditions(table, owned),
    ...conditionsOf(table, page),
    ...(after === undefined ? [] : [['id < ?', after] as const]),
  ];
  const branches = branchesOf(state).map(({ stored, time }) => {
    const conditions: Condition[] = [
      ...common,
      ...(stored === undefined ? [] : [['state = ?', stored] as const]),
      ...(time === undefined ? [] : [[timeSql[time], now] as const]),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([text]) => text).join(' AND ')}`;
    return {
      text: `(SELECT id FROM ${table} ${hint} ${where} ORDER BY id DESC LIMIT ?)`,
      values: [...conditions.map(([, value]) => value), limit],
    };
  });
  return {
    text: `SELECT id FROM (${branches.map(({ text }) => text).join(' UNION ALL ')}) AS page ORDER BY id DESC LIMIT ?`,
    values: [...branches.flatMap(({ values }) => values), limit],
  };
}

/** Refunds have no buyer: the company alone tells them apart. */
function ownerConditions(table: ListedTable, owned: Owned['rows']): Condition[] {
  const { companyId, subscriberId, lineId, holderFrom, id } = owned;
  const person =
    table === 'refund'
      ? []
      : ([
          ['subscriber_id = ?', subscriberId],
          ['line_id = ?', lineId],
          ['holder_from = ?', holderFrom],
          ['id = ?', id],
        ] as const);
  return [['company_id = ?', companyId] as const, ...person].filter(([, value]) => value !== undefined);
}
