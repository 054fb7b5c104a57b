import type { InferKyselyDB } from '@mikro-orm/mariadb';
import type { Kysely } from 'kysely';
import type { entities } from '../entities.ts';
import type { Em } from './orm.ts';

/** Columns are named as the entities' properties and carry their types: bigint money, Date instants, 'YYYY-MM-DD' dates. */
const naming = { columnNamingStrategy: 'property', convertValues: true } as const;

export type Tables = InferKyselyDB<(typeof entities)[number], typeof naming>;

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
