import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** An issued ID of a line, ended ones too. */
export interface IssuedId {
  readonly id: number;
  readonly issuedId: string;
  readonly displayName: string;
  readonly isHolder: boolean;
  readonly holderFrom: string;
  readonly state: 'active' | 'ended';
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** Set by the support centre. */
  readonly monthlyLimitMinor: bigint | null;
}

/** The issued IDs of a line, the newest tenure first. */
export async function listIssuedIds(deps: Deps, lineId: string): Promise<IssuedId[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'isHolder', 'holderFrom', 'state', 'createdAt', 'endedAt'])
    .select('monthlyLimitMinor')
    .where('lineId', '=', lineId)
    .orderBy('holderFrom', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ isHolder, ...row }) => ({
    ...row,
    isHolder: isHolder === true || Number(isHolder) === 1,
  }));
}
