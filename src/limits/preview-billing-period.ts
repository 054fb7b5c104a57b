import { choosePeriod, type PeriodState } from '../billing-periods/choose-period.rules.ts';
import { periodKey } from '../billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { billingPeriodOf, periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';
import type { AssignedPeriod, PeriodRequest } from './assign-billing-period.ts';
import { tenureKey } from './line-spending.ts';
import { sumHeld } from './tenure-hold.ts';

/**
 * The open period that would take a charge now, with what the tenure has spent, by the rule of `lockBillingPeriods`
 * (`choosePeriod`). Locks nothing and creates no rows: what it returns may change until the charge.
 */
export async function previewBillingPeriod(
  tx: InTransaction<Deps>,
  request: PeriodRequest,
): Promise<AssignedPeriod & Pick<PeriodState, 'closesOn'>> {
  const { lineId, holderFrom } = request;
  const first = billingPeriodOf(request.businessDate, request.closingGroup);
  const begun = await readLinePeriods(tx, request, first);
  const stateOf = await readStates(tx, first);
  const choice = choosePeriod(request, (period) => {
    const row = begun.get(period);
    const closingGroup = row?.closingGroup ?? request.closingGroup;
    const bookedMinor = row?.spentMinor ?? 0n;
    return { lineId, holderFrom, bookedMinor, ...stateOf(period, closingGroup) };
  });
  if (choice.kind === 'unknown') throw new Error(`the billing period ${choice.period} is not known`);
  const held = await sumHeld(tx, await readHold(tx, request));
  return { ...choice.period, heldMinor: held.get(tenureKey(request)) ?? 0n, late: choice.late };
}

async function readLinePeriods(tx: InTransaction<Deps>, { lineId, holderFrom }: PeriodRequest, from: string) {
  const rows = await sqlOf(tx.em)
    .selectFrom('line_period')
    .select(['period', 'closingGroup', 'spentMinor'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('period', '>=', from)
    .execute();
  return new Map(rows.map((row) => [row.period, row]));
}

/** What the tenure holds at most; `sumHeld` reads the authorizations only if that is more than nothing. */
async function readHold(tx: InTransaction<Deps>, { lineId, holderFrom }: PeriodRequest) {
  const rows = await sqlOf(tx.em)
    .selectFrom('tenure_hold')
    .select(['lineId', 'holderFrom', 'heldMinor'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .execute();
  return rows.map((row) => ({ ...row, heldMinor: String(row.heldMinor) }));
}

/** A period that nobody has opened yet is open, unless a later one of its group has closed. */
async function readStates(tx: InTransaction<Deps>, from: string) {
  const rows = await sqlOf(tx.em)
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'state', 'closesOn'])
    .where('period', '>=', from)
    .execute();
  const known = new Map(rows.map((row) => [periodKey(row), row]));
  return (period: string, closingGroup: ClosingGroup): PeriodState => {
    const isPast = rows.some(
      (row) => row.closingGroup === closingGroup && row.period > period && row.state !== 'open',
    );
    const { closesOn } = periodRange(period, closingGroup);
    const unopened = { period, closingGroup, closesOn, state: isPast ? 'closed' : 'open' } as const;
    return known.get(periodKey({ period, closingGroup })) ?? unopened;
  };
}
