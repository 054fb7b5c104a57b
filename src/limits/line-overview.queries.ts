import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isEligible } from '../lines/eligibility.rules.ts';
import { getLineMaster } from '../lines/line.queries.ts';
import { maskHolder, maskName, type HolderDetails } from '../personal-data/mask.rules.ts';
import { listRevealed } from '../personal-data/personal-data.queries.ts';
import { valueOn } from '../safeguards/safeguard.rules.ts';
import { listTenureRows, type StoredSafeguard } from '../safeguards/tenure-safeguards.queries.ts';
import { businessDateOf, periodRange } from '../shared/calendar.rules.ts';
import { contains } from '../shared/date-range.rules.ts';
import { determineLimits, limitOfAge, type MonthlyLimit } from './limit.rules.ts';
import { listIssuedIds, type IssuedId } from './issued-ids.queries.ts';
import { findOwnSpending, ownKey } from './own-spending.queries.ts';
import { previewBillingPeriod } from './preview-billing-period.ts';

/** Who holds or held a line: masked until the reader has asked to see it; the name alone is there for those who read it without asking. */
export interface OverviewTenure extends HolderDetails {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly product: string | null;
  readonly options: string | null;
  /** Until when all of it is visible for the reader. */
  readonly revealedUntil: Date | undefined;
}

/** The limits of today's tenure, in minor units; null where there is none. */
export interface OverviewLimits {
  readonly carrierMinor: bigint;
  readonly ageMinor: bigint | null;
  /** Set by the support centre. */
  readonly supportMinor: bigint | null;
  /** Set by the holder. */
  readonly holderMinor: bigint | null;
  readonly inForce: MonthlyLimit;
}

/** The billing month of a purchase of today, with what counts against the limit. */
export interface OverviewMonth {
  readonly period: string;
  readonly closesOn: string;
  readonly bookedMinor: bigint;
  /** Authorized and not captured. */
  readonly heldMinor: bigint;
}

/** An issued ID. The person's name is masked like those of the tenure. */
export interface OverviewId extends Omit<IssuedId, 'id' | 'displayName' | 'monthlyLimitMinor'> {
  readonly displayName: string;
  readonly supportMinor: bigint | null;
  /** Set by the holder. */
  readonly holderMinor: bigint | null;
  /** Of this month; undefined for an ID of another tenure than today's. */
  readonly usedMinor: bigint | undefined;
}

/**
 * Everything that is known of a line, for the carrier's people: tenures, limits in force with what is used this month, issued IDs.
 * Names and what reaches a person are masked until the reader has asked to see them (src/personal-data).
 * @throws Problem `permission-denied`, `line-not-found`
 */
export async function getLineOverview(deps: Deps, actor: Actor, lineId: string) {
  authorize(actor, 'lines:read');
  const { line, tenures } = await getLineMaster(deps, actor, lineId);
  const revealed = await listRevealed(deps, { by: actorName(actor), lineId });
  const namesAreSeen = can(actor, 'holder-names:read');
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const today = tenures.find((tenure) => contains(tenure, businessDate));
  const tenure = today && { lineId, holderFrom: today.validFrom };
  const rows = tenure ? await listTenureRows(deps, tenure) : [];
  const ids = await listIssuedIds(deps, lineId);
  const { closingGroup, status, monthlyLimitMinor, updatedAt } = line;
  const used = tenure
    ? await inTransaction(deps, (tx) => readMonth(tx, { ...tenure, businessDate, closingGroup }, ids))
    : undefined;
  return {
    lineId,
    closingGroup,
    status,
    updatedAt,
    businessDate,
    mayPay: isEligible(deps.config.eligibleProducts, today ?? { product: null, options: null }),
    tenures: tenures.map((row): OverviewTenure => {
      const revealedUntil = revealed.get(row.validFrom);
      if (revealedUntil) return { ...row, revealedUntil };
      return { ...row, ...maskHolder(row), ...(namesAreSeen && { holder: row.holder }), revealedUntil };
    }),
    limits:
      today && limitsOfToday(deps, { birthDate: today.birthDate, monthlyLimitMinor, rows, businessDate }),
    month: used?.month,
    ids: ids.map(({ id, displayName, monthlyLimitMinor: supportMinor, ...rest }): OverviewId => ({
      ...rest,
      displayName: revealed.has(rest.holderFrom) ? displayName : maskName(displayName),
      supportMinor,
      holderMinor: holderLimit(rows, id, businessDate),
      usedMinor: used?.byId.get(id),
    })),
  };
}

export type LineOverview = Awaited<ReturnType<typeof getLineOverview>>;

function holderLimit(rows: readonly StoredSafeguard[], subscriberId: number | null, businessDate: string) {
  const subject = { kind: 'monthly-limit', subscriberId, companyId: null, serviceId: null } as const;
  return valueOn(rows, subject, businessDate).limitMinor;
}

interface Today {
  readonly birthDate: string | null;
  readonly monthlyLimitMinor: bigint | null;
  readonly rows: readonly StoredSafeguard[];
  readonly businessDate: string;
}

function limitsOfToday(
  { config }: Deps,
  { birthDate, monthlyLimitMinor: supportMinor, rows, businessDate }: Today,
): OverviewLimits {
  const holderMinor = holderLimit(rows, null, businessDate);
  const carrierMinor = config.lineMonthlyLimitMinor;
  const own = [supportMinor, holderMinor].filter((limit) => limit !== null);
  const lineLimitMinor = own.length === 0 ? null : own.reduce((a, b) => (b < a ? b : a));
  const sources = { carrierDefaultMinor: carrierMinor, businessDate, birthDate, lineLimitMinor };
  return {
    carrierMinor,
    ageMinor: birthDate === null ? null : limitOfAge(birthDate, businessDate),
    supportMinor,
    holderMinor,
    inForce: determineLimits(sources).tenure,
  };
}

type MonthRequest = Parameters<typeof previewBillingPeriod>[1];

async function readMonth(tx: InTransaction<Deps>, request: MonthRequest, ids: readonly IssuedId[]) {
  const { period, closingGroup, bookedMinor, heldMinor } = await previewBillingPeriod(tx, request);
  const { lineId, holderFrom } = request;
  const own = ids.filter((id) => id.holderFrom === holderFrom);
  const keys = own.map(({ id: subscriberId }) => ({ subscriberId, lineId, holderFrom, period }));
  const spending = await findOwnSpending(tx, keys);
  const month: OverviewMonth = {
    period,
    closesOn: periodRange(period, closingGroup).closesOn,
    bookedMinor,
    heldMinor,
  };
  return { month, byId: new Map(keys.map((key) => [key.subscriberId, spending.get(ownKey(key)) ?? 0n])) };
}
