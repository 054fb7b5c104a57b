import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';

/** A line under one holder. */
export interface TenureOfCase {
  readonly lineId: string;
  readonly holderFrom: string;
}

/**
 * A tenure that exists, and an issued ID of it if one is given.
 * @throws Problem `line-not-found`, `subscriber-not-found`.
 */
export async function requireTenure(
  deps: Database,
  { lineId, holderFrom }: TenureOfCase,
  subscriberId?: number,
): Promise<TenureOfCase> {
  const sql = sqlOf(emOf(deps));
  const tenure = await sql
    .selectFrom('line_holder')
    .select('lineId')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .executeTakeFirst();
  if (!tenure) throw new Problem('line-not-found');
  if (subscriberId === undefined) return { lineId, holderFrom };
  const person = await sql
    .selectFrom('subscriber')
    .select(['lineId', 'holderFrom'])
    .where('id', '=', subscriberId)
    .executeTakeFirst();
  if (person?.lineId !== lineId || person.holderFrom !== holderFrom)
    throw new Problem('subscriber-not-found');
  return { lineId, holderFrom };
}
