import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureKey } from './line-spending.ts';

/**
 * What a tenure has authorized and can still be charged for, whatever the night has not released yet left out, and what was accepted
 * of it in usage files.
 */
export async function sumOpenAuthorizations(deps: Deps, { lineId, holderFrom }: TenureKey): Promise<bigint> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('open_authorization as o')
    .innerJoin('charge as c', 'c.id', 'o.chargeId')
    .select(({ fn }) => fn.sum<number | string | null>('o.amountMinor').as('heldMinor'))
    .where('o.lineId', '=', lineId)
    .where('o.holderFrom', '=', holderFrom)
    .where('c.openUntil', '>', deps.clock.now())
    .executeTakeFirst();
  const accepted = await sqlOf(emOf(deps))
    .selectFrom('usage_hold')
    .select(({ fn }) => fn.sum<number | string | null>('amountMinor').as('heldMinor'))
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .executeTakeFirst();
  return BigInt(row?.heldMinor ?? 0) + BigInt(accepted?.heldMinor ?? 0);
}
