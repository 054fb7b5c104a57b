import type { Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import { timedStates } from './effective-state.rules.ts';

interface StatePage {
  readonly state: string;
  readonly limit: number;
  /** The last id of the page before. */
  readonly after?: string | undefined;
  readonly reference?: string | undefined;
}

/** Rows of one stored state: all of them, those whose time has run out, or the others. */
interface Branch {
  readonly stored: string;
  readonly time?: 'open' | 'run-out';
}

/** Whether the state of a row depends on its time; otherwise the stored state is its state. */
export function dependsOnTime(state: string): boolean {
  return state === 'expired' || timedStates.some((timed) => timed === state);
}

function branchesOf(state: string): Branch[] {
  if (state !== 'expired') return [{ stored: state, time: 'open' }];
  return [{ stored: state }, ...timedStates.map((stored) => ({ stored, time: 'run-out' }) as const)];
}

const timeSql = {
  open: '(open_until IS NULL OR open_until > ?)',
  'run-out': 'open_until <= ?',
} as const;

export type TimedTable = 'charge' | 'consent' | 'subscription';

/**
 * Identifiers of the rows whose effective state is the one asked for, newest first: `effectiveState` in SQL.
 * Each stored state that a row may have then is read along its own key, which includes the time, so that rows in another
 * effective state are skipped without being read.
 */
export async function findIdsInState(
  deps: Deps,
  table: TimedTable,
  owned: Owned,
  page: StatePage,
): Promise<string[]> {
  const { text, values } = stateQuery(table, { ...page, ...owned.rows }, deps.clock.now());
  const rows = await queryRows<{ id: string }>(emOf(deps), text, values);
  return rows.map(({ id }) => id);
}

/** The statement of `findIdsInState`. */
export function stateQuery(table: TimedTable, page: StatePage & Owned['rows'], now: Date) {
  const { companyId, subscriberId, id, state, after, limit, reference } = page;
  const key = reference === undefined ? 'state' : 'reference';
  const hint = companyId === undefined ? '' : `FORCE INDEX (${table}_of_${key})`;
  const branches = branchesOf(state).map(({ stored, time }) => {
    const conditions: (readonly [string, unknown])[] = [
      ...(companyId === undefined ? [] : [['company_id = ?', companyId] as const]),
      ...(subscriberId === undefined ? [] : [['subscriber_id = ?', subscriberId] as const]),
      ...(id === undefined ? [] : [['id = ?', id] as const]),
      ['state = ?', stored],
      ...(time ? [[timeSql[time], now] as const] : []),
      ...(after === undefined ? [] : [['id < ?', after] as const]),
      ...(reference === undefined ? [] : [['reference = ?', reference] as const]),
    ];
    const where = conditions.map(([text]) => text).join(' AND ');
    return {
      text: `(SELECT id FROM ${table} ${hint} WHERE ${where} ORDER BY id DESC LIMIT ?)`,
      values: [...conditions.map(([, value]) => value), limit],
    };
  });
  return {
    text: `SELECT id FROM (${branches.map(({ text }) => text).join(' UNION ALL ')}) AS page ORDER BY id DESC LIMIT ?`,
    values: [...branches.flatMap(({ values }) => values), limit],
  };
}
