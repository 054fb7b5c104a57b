import type { EntityClass } from '@mikro-orm/core';
import type { Owned } from '../access/owned-by.ts';
import { findServiceId } from '../companies/service-codes.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { invalidInput } from '../shared/check-input.ts';
import { findListedIds, type ListPage } from './effective-state.queries.ts';
import type { ListedTable } from './list-filter.rules.ts';

interface ListedRow {
  readonly id: string;
}

interface Listed<Row extends ListedRow> {
  readonly entity: EntityClass<Row>;
  readonly table: ListedTable;
  readonly owned: Owned;
}

/** A page of a list as use cases ask for it. */
export interface ListRequest<State extends string> extends Omit<ListPage, 'state' | 'serviceId'> {
  readonly state?: State | undefined;
  /** Of a service of the company. */
  readonly serviceCode?: string | undefined;
}

/**
 * A page of charges, consents, subscriptions or refunds, newest first, found by key however many rows precede it. The state is
 * the effective one (`effectiveState`), which can depend on the time.
 * @throws Problem `service-not-found`, `invalid-request` for a range of time that ends before it begins
 */
export async function listInEffectiveState<Row extends ListedRow>(
  deps: Deps,
  { entity, table, owned }: Listed<Row>,
  { serviceCode, ...page }: ListRequest<string>,
): Promise<Row[]> {
  const { createdFrom, createdBefore } = page;
  if (createdFrom && createdBefore && createdBefore <= createdFrom)
    throw invalidInput([{ pointer: '/created_before', message: 'must be later than created_from' }]);
  const serviceId =
    serviceCode === undefined ? undefined : await findServiceId(deps, owned.rows.companyId, serviceCode);
  const ids = await findListedIds(deps, table, owned, { ...page, serviceId });
  if (ids.length === 0) return [];
  // The engine's types of a condition do not resolve for a type parameter.
  const listed = entity as EntityClass<ListedRow>;
  return (await emOf(deps).find(listed, { id: { $in: ids } }, { orderBy: { id: 'desc' } })) as Row[];
}
