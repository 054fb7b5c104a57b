import type { EntityClass } from '@mikro-orm/core';
import type { Owned } from '../access/owned-by.ts';
import { keysetList } from '../database/keyset-list.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { dependsOnTime, findIdsInState, type TimedTable } from './effective-state.queries.ts';

/** The columns that a list is filtered by. */
interface ListedRow {
  readonly id: string;
  readonly companyId: number;
  readonly state: string;
  readonly reference?: string | null | undefined;
}

interface Listed<Row extends ListedRow> {
  readonly entity: EntityClass<Row>;
  readonly table: TimedTable;
  readonly owned: Owned;
}

/** A page of a list as use cases ask for it. */
export interface ListRequest<State extends string> {
  readonly limit: number;
  /** The last identifier of the previous page; identifiers rise in time, and lists start with the newest. */
  readonly after?: string | undefined;
  readonly state?: State | undefined;
  readonly reference?: string | undefined;
}

/**
 * A page of charges, consents or subscriptions, newest first, found by key however many rows precede it. The state is the
 * effective one (`effectiveState`), which can depend on the time.
 */
export async function listInEffectiveState<Row extends ListedRow>(
  deps: Deps,
  { entity, table, owned }: Listed<Row>,
  list: ListRequest<string>,
): Promise<Row[]> {
  const { after, state, reference } = list;
  // The engine's types of a condition do not resolve for a type parameter.
  const listed = entity as EntityClass<ListedRow>;
  if (state !== undefined && dependsOnTime(state)) {
    const ids = await findIdsInState(deps, table, owned, { ...list, state });
    return (await emOf(deps).find(listed, { id: { $in: ids } }, { orderBy: { id: 'desc' } })) as Row[];
  }
  const where = {
    ...owned.rows,
    ...(after === undefined ? {} : { id: { $lt: after } }),
    ...(state === undefined ? {} : { state }),
    ...(reference === undefined ? {} : { reference }),
  };
  return (await emOf(deps).find(listed, where, keysetList(table, owned, list))) as Row[];
}
