import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { CollectionState } from './collection-state.rules.ts';

/** How far invoices are collected, by their numbers; an invoice without a result is missing. Whose they are is for the caller to know. */
export async function readCollectionStates(
  deps: Deps,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, { readonly state: CollectionState; readonly uncollectedMinor: bigint }>> {
  if (numbers.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('invoice_collection')
    .select(['invoiceNumber', 'state', 'uncollectedMinor'])
    .where('invoiceNumber', 'in', numbers)
    .execute();
  return new Map(rows.map(({ invoiceNumber, ...row }) => [invoiceNumber, row]));
}
