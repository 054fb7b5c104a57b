import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { aliasedMinor, sqlOf } from '../database/sql.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';

/** Who buys: a subscriber on a line, under the tenure in which the line was held when the ID was issued. */
export interface Buyer {
  readonly subscriberId: number;
  readonly lineId: string;
  /** First day of the tenure, the second half of its key. */
  readonly holderFrom: string;
}

/** What a line is entitled to on a day, with what its limits are made of. */
export interface Entitlement extends Buyer {
  readonly closingGroup: ClosingGroup;
  readonly birthDate: string | null;
  readonly lineLimitMinor: bigint | null;
  readonly subscriberLimitMinor: bigint | null;
}

/**
 * The entitlement of a buyer on a business date: the line is active, and the tenure is the one that holds the
 * line that day (a line that has moved to another holder ends what the former one agreed to).
 * @throws Problem `entitlement-ended`.
 */
export async function getEntitlement(deps: Deps, buyer: Buyer, businessDate: string): Promise<Entitlement> {
  const { subscriberId, lineId, holderFrom } = buyer;
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber as p')
    .innerJoin('line as l', 'l.lineId', 'p.lineId')
    .innerJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'p.lineId').onRef('h.validFrom', '=', 'p.holderFrom'),
    )
    .select(['p.monthlyLimitMinor as subscriberLimitMinor', 'l.monthlyLimitMinor as lineLimitMinor'])
    .select(['l.closingGroup', 'h.birthDate'])
    .where('p.id', '=', subscriberId)
    .where('p.lineId', '=', lineId)
    .where('p.holderFrom', '=', holderFrom)
    .where('p.state', '=', 'active')
    .where('l.status', '=', 'active')
    .where('h.validFrom', '<=', businessDate)
    .where(({ eb, or }) => or([eb('h.validTo', 'is', null), eb('h.validTo', '>', businessDate)]))
    .executeTakeFirst();
  if (!row) throw new Problem('entitlement-ended');
  return {
    subscriberId,
    lineId,
    holderFrom,
    closingGroup: row.closingGroup,
    birthDate: row.birthDate,
    lineLimitMinor: aliasedMinor(row.lineLimitMinor),
    subscriberLimitMinor: aliasedMinor(row.subscriberLimitMinor),
  };
}
