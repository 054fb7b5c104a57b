import { runStatement } from '../database/statement-pipeline.ts';
import { knownResult, selectStatement, type Statement } from '../database/statement.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { lowestLimit } from './permitted-purchase.rules.ts';
import { safeguardsOn, type SafeguardRow } from './safeguard.rules.ts';

/** The tenure of a line, and whether its holder has ever set a safeguard. */
export interface SafeguardedTenure {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly hasSafeguards: boolean;
}

/** What is in force now, by tenure. */
export type SafeguardsInForce = ReadonlyMap<string, readonly SafeguardRow[]>;

const tenureKey = ({ lineId, holderFrom }: Omit<SafeguardedTenure, 'hasSafeguards'>): string =>
  `${lineId}|${holderFrom}`;

/**
 * What the holders of lines permit today: limits and blocks count when a sale is decided, whenever the use was (as a revoked
 * consent does). Nothing is asked for tenures without safeguards, which are nearly all.
 */
export async function readSafeguards(
  deps: Deps,
  tenures: readonly SafeguardedTenure[],
): Promise<SafeguardsInForce> {
  const guarded = tenures.filter(({ hasSafeguards }) => hasSafeguards);
  if (guarded.length === 0) return NONE;
  const rows = await runStatement(emOf(deps), findSafeguardRows(guarded));
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const ofTenures = Map.groupBy(rows, tenureKey);
  return new Map([...ofTenures].map(([key, all]) => [key, safeguardsOn(all, businessDate)]));
}

const NONE: SafeguardsInForce = new Map();

type TenureRow = SafeguardRow & { readonly lineId: string; readonly holderFrom: string };

/** As the driver gives it. */
type RawRow = Omit<TenureRow, 'limitMinor' | 'inForce'> & {
  readonly limitMinor: number | string | null;
  readonly inForce: 0 | 1;
};

/** All settings of tenures, one range of the primary key each. */
function findSafeguardRows(
  tenures: readonly Omit<SafeguardedTenure, 'hasSafeguards'>[],
): Statement<readonly TenureRow[]> {
  if (tenures.length === 0) return knownResult([]);
  const keys = new Map(
    tenures.map(({ lineId, holderFrom }) => [`${lineId}|${holderFrom}`, [lineId, holderFrom]]),
  );
  return selectStatement(
    `SELECT line_id AS lineId, holder_from AS holderFrom, version, kind, subscriber_id AS subscriberId,
       company_id AS companyId, service_id AS serviceId, limit_minor AS limitMinor, in_force AS inForce,
       valid_from AS validFrom
     FROM safeguard WHERE (line_id, holder_from) IN (?) ORDER BY line_id, holder_from, version`,
    [[...keys.values()]],
    (rows: readonly RawRow[]) =>
      rows.map((row) => ({
        ...row,
        limitMinor: row.limitMinor === null ? null : BigInt(row.limitMinor),
        inForce: row.inForce === 1,
      })),
  );
}

/** The limits of an entitlement, before the safeguards of the line. */
interface Limited extends Omit<SafeguardedTenure, 'hasSafeguards'> {
  readonly subscriberId: number;
  /** Set by the support centre. */
  readonly lineLimitMinor: bigint | null;
  readonly subscriberLimitMinor: bigint | null;
}

/** An entitlement with what is in force for its buyer: the lower of the limits of support centre and holder, and the rest. */
export function applySafeguards<E extends Limited>(
  entitlement: E,
  inForce: SafeguardsInForce,
): E & { readonly safeguards: readonly SafeguardRow[] } {
  const all = inForce.size === 0 ? undefined : inForce.get(tenureKey(entitlement));
  if (!all) return { ...entitlement, safeguards: NO_ROWS };
  const { subscriberId, lineLimitMinor, subscriberLimitMinor } = entitlement;
  const ofLine = all.filter((row) => row.subscriberId === null);
  const ofPerson = all.filter((row) => row.subscriberId === subscriberId);
  return {
    ...entitlement,
    lineLimitMinor: lower(lineLimitMinor, lowestLimit(ofLine, 'monthly-limit')),
    subscriberLimitMinor: lower(subscriberLimitMinor, lowestLimit(ofPerson, 'monthly-limit')),
    safeguards: [...ofLine, ...ofPerson],
  };
}

const NO_ROWS: readonly SafeguardRow[] = [];

const lower = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other < one) ? other : one;
