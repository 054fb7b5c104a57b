import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { runPipeline, runStatement } from '../database/statement-pipeline.ts';
import { knownResult } from '../database/statement.ts';
import { choosePeriod, type ChargeDate } from '../billing-periods/choose-period.rules.ts';
import { periodKey, type PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { findPeriodStates, lockPeriodStates } from '../billing-periods/period-states.ts';
import { joinAsWriter } from '../billing-periods/period-write-barrier.ts';
import { billingPeriodOf } from '../shared/calendar.rules.ts';
import { linePeriodKey, lockLinePeriods } from './line-periods.ts';
import { tenureKey, type TenureKey } from './line-spending.ts';
import { lockTenures, sumHeld, type LockedTenure } from './tenure-hold.ts';

/** A tenure of a line on a business date, asking which of its billing periods takes a charge of that day. */
export interface PeriodRequest extends TenureKey, ChargeDate {}

/** The open period that takes the charge, locked for this transaction together with what the tenure spent. */
export interface AssignedPeriod extends PeriodKey, TenureKey {
  /** Booked by the tenure in the period. */
  readonly bookedMinor: bigint;
  /** Authorized by the tenure and not captured, in whatever period. */
  readonly heldMinor: bigint;
  /** The period of the business date had closed already. */
  readonly late: boolean;
}

/** `lockBillingPeriods` and `joinAsWriter` at once, for who does not run the latter with other statements. */
export async function assignBillingPeriods(
  tx: InTransaction<Deps>,
  requests: readonly PeriodRequest[],
): Promise<AssignedPeriod[]> {
  const assigned = await lockBillingPeriods(tx, requests);
  await runStatement(tx.em, joinAsWriter(assigned));
  return assigned;
}

/**
 * Locks for each request the open billing period that takes a charge (`choosePeriod`), in the order given.
 *
 * The chosen rows of `billing_period` are share-locked: a close that begins now waits for this transaction, or one of
 * the two is tried again if it runs on another node of a cluster, which `joinAsWriter` sees to. The rows of
 * `tenure_hold`, then of `line_period`, are locked exclusively in the order of their keys: two sales on one tenure take
 * turns, even if midnight has put them into different periods, so a limit holds.
 */
export async function lockBillingPeriods(
  tx: InTransaction<Deps>,
  requests: readonly PeriodRequest[],
): Promise<AssignedPeriod[]> {
  if (requests.length === 0) return [];
  const assigned = new Map<PeriodRequest, Omit<AssignedPeriod, 'heldMinor'>>();
  const known = new Map<string, LockedPeriod>();
  let tenures: readonly LockedTenure[] | undefined;
  let waiting = requests.map((request) => ({ request, period: firstPeriodOf(request) }));
  while (waiting.length > 0) {
    const { locked, periods } = await lockPeriods(tx, { tenures, waiting });
    tenures = locked;
    for (const period of periods) known.set(linePeriodKey(period), period);
    waiting = waiting.flatMap(({ request }) => {
      const { lineId, holderFrom } = request;
      const choice = choosePeriod(request, (period) =>
        known.get(linePeriodKey({ lineId, holderFrom, period })),
      );
      if (choice.kind === 'unknown') return [{ request, period: choice.period }];
      assigned.set(request, { ...choice.period, late: choice.late });
      return [];
    });
  }
  const held = await sumHeld(tx, tenures ?? []);
  return requests.map((request) => ({
    ...assigned.get(request)!,
    heldMinor: held.get(tenureKey(request)) ?? 0n,
  }));
}

const firstPeriodOf = ({ businessDate, closingGroup }: ChargeDate) =>
  billingPeriodOf(businessDate, closingGroup);

interface Round {
  /** Once they are locked. */
  readonly tenures: readonly LockedTenure[] | undefined;
  readonly waiting: readonly { readonly request: PeriodRequest; readonly period: string }[];
}

/** Locks tenures, what they booked in the periods that decide next, and those periods. */
async function lockPeriods(tx: InTransaction<Deps>, { tenures, waiting }: Round) {
  const wanted = waiting.map(({ request, period }) => ({ ...request, period }));
  // In one round trip: nearly always a line is still in the closing group that the tenure began the period with.
  const [locked, lines, expected] = await runPipeline(tx.em, [
    tenures ? knownResult(tenures) : lockTenures(wanted),
    lockLinePeriods(wanted),
    findPeriodStates(wanted),
  ]);
  const states = await lockPeriodStates(tx, lines, expected);
  const periods = lines.map((line) => ({ ...line, ...states.get(periodKey(line))! }));
  return { locked, periods };
}

type LockedPeriod = Awaited<ReturnType<typeof lockPeriods>>['periods'][number];
