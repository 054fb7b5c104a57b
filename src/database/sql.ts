import type { Kysely } from 'kysely';
import type { Em } from './orm.ts';

/** Columns have the names and types of the entities' properties: bigint money, Date instants, 'YYYY-MM-DD' dates. */
export const naming = { columnNamingStrategy: 'property', convertValues: true } as const;

/**
 * `src/entities.ts`, the list of all entities, declares the tables here, so that a domain can use them in statements without
 * importing other domains.
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
 * A money column selected under another name. Values are converted by the name of their column, so an aliased one is the
 * driver's number, whatever its type says. Select instants without an alias; dates need no conversion.
 */
export function toMinor(value: bigint | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
