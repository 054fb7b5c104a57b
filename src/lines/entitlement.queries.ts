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

const keyOf = ({ lineId, subscriberId }: { lineId: string; subscriberId: number }) =>
  `${lineId}|${subscriberId}`;

/**
 * Finds which of the buyers may buy on a business date: the line is active, and the tenure is the one that
 * holds the line that day (a line that has moved to another holder ends what the former one agreed to).
 * Keyed by `lineId|subscriberId`; whoever is missing may not buy.
 */
export async function findEntitlements(
  deps: Deps,
  buyers: readonly Buyer[],
  businessDate: string,
): Promise<ReadonlyMap<string, Entitlement>> {
  if (buyers.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('subscriber as p')
    .innerJoin('line as l', 'l.lineId', 'p.lineId')
    .innerJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'p.lineId').onRef('h.validFrom', '=', 'p.holderFrom'),
    )
    .select([
      'p.id as subscriberId',
      'p.lineId',
      'p.holderFrom',
      'p.monthlyLimitMinor as subscriberLimitMinor',
    ])
    .select(['l.closingGroup', 'l.monthlyLimitMinor as lineLimitMinor', 'h.birthDate'])
    .where('p.id', 'in', [...new Set(buyers.map((buyer) => buyer.subscriberId))])
    .where('p.state', '=', 'active')
    .where('l.status', '=', 'active')
    .where('h.validFrom', '<=', businessDate)
    .where(({ eb, or }) => or([eb('h.validTo', 'is', null), eb('h.validTo', '>', businessDate)]))
    .execute();
  const found = new Map(
    rows.map((row) => [
      keyOf(row),
      {
        ...row,
        lineLimitMinor: aliasedMinor(row.lineLimitMinor),
        subscriberLimitMinor: aliasedMinor(row.subscriberLimitMinor),
      },
    ]),
  );
  return new Map(
    buyers.flatMap((buyer) => {
      const entitlement = found.get(keyOf(buyer));
      return entitlement?.holderFrom === buyer.holderFrom ? [[keyOf(buyer), entitlement] as const] : [];
    }),
  );
}

/** The entitlement of one buyer. @throws Problem `entitlement-ended`. */
export async function getEntitlement(deps: Deps, buyer: Buyer, businessDate: string): Promise<Entitlement> {
  const entitlement = (await findEntitlements(deps, [buyer], businessDate)).get(keyOf(buyer));
  if (!entitlement) throw new Problem('entitlement-ended');
  return entitlement;
}
