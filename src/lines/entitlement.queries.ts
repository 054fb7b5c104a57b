import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import { toMinor, sqlOf } from '../database/sql.ts';
import { applySafeguards, readSafeguards } from '../safeguards/safeguard.queries.ts';
import type { SafeguardRow } from '../safeguards/safeguard.rules.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findLineRefusal, isEntitled } from './entitlement.rules.ts';

/** Who buys: a subscriber on a line, under the tenure in which the line was held when the ID was issued. */
export interface Buyer {
  readonly subscriberId: number;
  readonly lineId: string;
  /** First day of the tenure, the second half of its key. */
  readonly holderFrom: string;
}

/** The entitlement of a line on a day, with the values that its limits are calculated from. */
export interface Entitlement extends Buyer {
  readonly closingGroup: ClosingGroup;
  readonly birthDate: string | null;
  /** The lower one of the support centre's and the holder's; of the line, and of the issued ID. */
  readonly lineLimitMinor: bigint | null;
  readonly subscriberLimitMinor: bigint | null;
  /** What the holder permits this buyer today. */
  readonly safeguards: readonly SafeguardRow[];
}

/** An entitlement, and how long it is known to last. */
export interface LastingEntitlement extends Entitlement {
  /** The first day after the tenure; null while no end is known. */
  readonly holderTo: string | null;
}

/**
 * The entitlement of a buyer on a business date, by the rule of `entitlementStatus`, for what was agreed before: a capture.
 * @throws Problem `entitlement-ended`.
 */
export function getEntitlement(deps: Deps, buyer: Buyer, businessDate: string): Promise<LastingEntitlement> {
  return readEntitlement(deps, buyer, { businessDate, lock: sql``, isPurchase: false });
}

/**
 * Like `getEntitlement`, for something new, which only some lines may pay.
 * @throws Problem `entitlement-ended`, `line-not-eligible`.
 */
export function getPurchaseEntitlement(
  deps: Deps,
  buyer: Buyer,
  businessDate: string,
): Promise<LastingEntitlement> {
  return readEntitlement(deps, buyer, { businessDate, lock: sql``, isPurchase: true });
}

/**
 * Like `getPurchaseEntitlement`, and locks the entitlement: a transaction that ends it waits for this one, and then finds what
 * was agreed here. @throws Problem `entitlement-ended`, `line-not-eligible`.
 */
export function lockPurchaseEntitlement(
  tx: InTransaction<Deps>,
  buyer: Buyer,
  businessDate: string,
): Promise<LastingEntitlement> {
  return readEntitlement(tx, buyer, { businessDate, lock: sql`LOCK IN SHARE MODE`, isPurchase: true });
}

interface Read {
  readonly businessDate: string;
  readonly lock: ReturnType<typeof sql>;
  /** Whether something new is bought. */
  readonly isPurchase: boolean;
}

/** Locks the line, then its holder, then the subscriber: in the same order as an import and the issue of an ID. */
async function readEntitlement(
  deps: Deps,
  { subscriberId, lineId, holderFrom }: Buyer,
  { businessDate, lock, isPurchase }: Read,
): Promise<LastingEntitlement> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line as l')
    .innerJoin('line_holder as h', 'h.lineId', 'l.lineId')
    .innerJoin('subscriber as p', 'p.lineId', 'l.lineId')
    .select(['p.monthlyLimitMinor as subscriberLimitMinor', 'l.monthlyLimitMinor as lineLimitMinor'])
    .select(['l.closingGroup', 'l.status as lineStatus', 'p.state as subscriberState'])
    .select(['h.birthDate', 'h.validTo', 'h.hasSafeguards', 'h.product', 'h.options'])
    .where('l.lineId', '=', lineId)
    .where('h.lineId', '=', lineId)
    .where('h.validFrom', '=', holderFrom)
    .where('p.id', '=', subscriberId)
    .where('p.holderFrom', '=', holderFrom)
    .modifyEnd(lock)
    .executeTakeFirst();
  const facts = row && { ...row, holderFrom, holderTo: row.validTo };
  if (!facts || !isEntitled(facts, businessDate)) throw new Problem('entitlement-ended');
  const refusal = isPurchase && findLineRefusal(facts, businessDate, deps.config.eligibleProducts);
  if (refusal) throw new Problem(refusal);
  const { holderTo, closingGroup, birthDate, hasSafeguards } = facts;
  const lineLimitMinor = toMinor(facts.lineLimitMinor);
  const subscriberLimitMinor = toMinor(facts.subscriberLimitMinor);
  const buyer = { subscriberId, lineId, holderFrom };
  const entitlement = { ...buyer, holderTo, closingGroup, birthDate, lineLimitMinor, subscriberLimitMinor };
  return applySafeguards(entitlement, await readSafeguards(deps, [{ ...buyer, hasSafeguards }]));
}
