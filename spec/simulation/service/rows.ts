import type { RawBuilder } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Service } from './service.ts';

/** Money as the driver returns it without a typed column. */
export type Minor = number | string;

/** The rows of a statement, as the driver hands them over. */
export async function rows<T>({ deps }: Service, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(sqlOf(deps.orm.em.fork()))).rows;
}
