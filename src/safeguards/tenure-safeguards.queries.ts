import type { Selectable } from 'kysely';
import { sqlOf, type Tables } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';

/** A line under one holder. */
interface TenureKey {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** A setting as it is stored, with who set it and when. */
export type StoredSafeguard = Selectable<Tables['safeguard']>;

/** All settings of a tenure, oldest first. */
export function listTenureRows(
  deps: Database,
  { lineId, holderFrom }: TenureKey,
): Promise<StoredSafeguard[]> {
  return sqlOf(emOf(deps))
    .selectFrom('safeguard')
    .selectAll()
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .orderBy('version')
    .execute();
}
