import type { Kysely } from 'kysely';
import type { Em } from './orm.ts';

/** Columns are named as the entities' properties and carry their types: bigint money, Date instants, 'YYYY-MM-DD' dates. */
export const naming = { columnNamingStrategy: 'property', convertValues: true } as const;

/**
 * Where `src/entities.ts`, the list of all entities, says which tables there are: a domain names its tables in statements
 * without importing the other domains.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Register {}

export type Tables = Register extends { readonly tables: infer T } ? T : never;

/**
 * The query builder for set-based statements, on the connection of the transaction `em` is in (or the
 * pool). Aggregates come back as text or number from the driver: wrap sums in `BigInt(…)`.
 *
 * @example
 * const row = await sqlOf(em).selectFrom('charge').select('amountMinor').where('id', '=', id).executeTakeFirst();
 */
export function sqlOf(em: Em): Kysely<Tables> {
  return em.getKysely<Tables, typeof naming>(naming);
}

/**
 * A money column selected under another name. Values are converted by the name of their column, so under an
 * alias the driver's number arrives, whatever its type says. Dates need none: select instants unaliased.
 */
export function toMinor(value: bigint | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
