import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { runPipeline, queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { tenureKey, type TenureKey } from './line-spending.ts';
import { lockTenures, sumHeld, type LockedTenure } from './tenure-hold.ts';
import { addMonths, billingPeriodOf, periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';
import {
  distinctPeriods,
  ensureBillingPeriods,
  type PeriodKey,
} from '../billing-periods/ensure-billing-period.ts';
import { joinAsWriter } from '../billing-periods/period-write-barrier.ts';

/** A tenure of a line on a business date, asking which of its billing periods takes a charge of that day. */
export interface PeriodRequest extends TenureKey {
  readonly closingGroup: ClosingGroup;
  readonly businessDate: string;
}

/** The open period that takes the charge, locked for this transaction together with what the tenure spent. */
export interface AssignedPeriod extends PeriodKey, TenureKey {
  /** Booked by the tenure in the period. */
  readonly bookedMinor: bigint;
  /** Authorized by the tenure and not captured, in whatever period. */
  readonly heldMinor: bigint;
  /** The period of the business date had closed already. */
  readonly late: boolean;
}

/** More closed periods than this in front of an open one are a fault, not a late charge. */
const MAX_MONTHS_LATE = 24;

/**
 * Finds for each request the open billing period that takes a charge, in the order given.
 *
 * The period of the business date takes it; if it has closed (or is closing), the next open one does, and
 * the charge is late (domain.md §3). The closing group is the line's, but a period that a tenure began with
 * another group stays with that group, so that a tenure has one invoice for a period whatever the line
 * master says meanwhile. Where that group's period ends before the business date, the next one takes the
 * charge, whether the night has closed it yet or not.
 *
 * The chosen rows of `billing_period` are share-locked and their lanes entered: a close that begins now waits
 * for this transaction, or one of the two is tried again if it runs on another node of a cluster; and whoever
 * comes after it finds the period closing. The rows of `tenure_hold`, then of
 * `line_period`, are locked exclusively in the order of their keys: two sales on one tenure take turns, even if
 * midnight has put them into different periods, so a limit holds.
 */
export async function assignBillingPeriods(
  tx: InTransaction<Deps>,
  requests: readonly PeriodRequest[],
): Promise<AssignedPeriod[]> {
  const assigned = await chooseBillingPeriods(tx, requests);
  await joinAsWriter(tx, assigned);
  return assigned;
}

/** The same for who calls `joinAsWriter` itself, together with the writing of the charges. */
export async function chooseBillingPeriods(
  tx: InTransaction<Deps>,
  requests: readonly PeriodRequest[],
): Promise<AssignedPeriod[]> {
  if (requests.length === 0) return [];
  const assigned = new Map<number, Omit<AssignedPeriod, 'heldMinor'>>();
  let tenures: readonly LockedTenure[] | undefined;
  let open = requests.map((request, index) => ({
    index,
    request,
    period: billingPeriodOf(request.businessDate, request.closingGroup),
    late: false,
  }));
  for (let month = 0; open.length > 0; month += 1) {
    if (month > MAX_MONTHS_LATE)
      throw new Error(`no open billing period for line ${open[0]?.request.lineId}`);
    const wanted = open.map(({ request, period }) => ({ ...request, period }));
    // In one message: nearly always a line is still in the closing group its period was begun with.
    const [locked, lines, expected] = await runPipeline([
      tenures ? Promise.resolve(tenures) : lockTenures(tx, requests),
      lockLinePeriods(tx, wanted),
      findBillingPeriods(tx, distinctPeriods(wanted)),
    ]);
    tenures = locked;
    const states = await lockBillingPeriods(tx, [...lines.values()], expected);
    const closed: typeof open = [];
    for (const wish of open) {
      const tenure = tenureKey(wish.request);
      const line = lines.get(keyOf(tenure, wish.period));
      const state = line && states.get(keyOf(String(line.closingGroup), line.period));
      if (!line || !state) throw new Error(`billing period ${wish.period} of a line is gone`);
      const isOver = wish.request.businessDate > state.closesOn;
      if (state.state === 'open' && !isOver) {
        assigned.set(wish.index, { ...line, late: wish.late });
      } else {
        closed.push({ ...wish, period: addMonths(wish.period, 1), late: wish.late || !isOver });
      }
    }
    open = closed;
  }
  const held = await sumHeld(tx, tenures ?? []);
  return requests.map((_, index) => {
    const period = assigned.get(index)!;
    return { ...period, heldMinor: held.get(tenureKey(period)) ?? 0n };
  });
}

type LinePeriodKey = TenureKey & PeriodKey;

const keyOf = (first: string, second: string) => `${first}|${second}`;

/** Locks what each tenure booked in a period, making the row when it had none yet; all in the order of their keys. */
async function lockLinePeriods(tx: InTransaction<Deps>, wanted: readonly LinePeriodKey[]) {
  const distinct = [...new Map(wanted.map((w) => [keyOf(tenureKey(w), w.period), w]))];
  const values = distinct
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { lineId, holderFrom, period, closingGroup }]) => [lineId, holderFrom, period, closingGroup, 0]);
  const rows = await queryRows<LinePeriodKey & { spentMinor: number | string }>(
    tx.em,
    `INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor) VALUES ?
     ON DUPLICATE KEY UPDATE spent_minor = spent_minor
     RETURNING line_id AS lineId, holder_from AS holderFrom, period, closing_group AS closingGroup,
       spent_minor AS spentMinor`,
    [values],
  );
  return new Map(
    rows.map(({ spentMinor, ...row }): [string, LinePeriodRow] => [
      keyOf(tenureKey(row), row.period),
      { ...row, bookedMinor: BigInt(spentMinor) },
    ]),
  );
}

interface LinePeriodRow extends LinePeriodKey {
  readonly bookedMinor: bigint;
}

type BillingPeriods = Map<string, BillingPeriodRow>;

/** The periods of lines, locked; `expected` are those locked already. */
async function lockBillingPeriods(
  tx: InTransaction<Deps>,
  wanted: readonly PeriodKey[],
  expected: BillingPeriods,
): Promise<BillingPeriods> {
  const isUnknown = (w: PeriodKey) => !expected.has(keyOf(String(w.closingGroup), w.period));
  const distinct = distinctPeriods(wanted).filter(isUnknown);
  if (distinct.length === 0) return expected;
  const found = new Map([...expected, ...(await findBillingPeriods(tx, distinct))]);
  const missing = distinct.filter((w) => !found.has(keyOf(String(w.closingGroup), w.period)));
  if (missing.length === 0) return found;
  const lastClosed = await findLastClosed(tx);
  const isPast = ({ period, closingGroup }: PeriodKey) => period < (lastClosed.get(closingGroup) ?? '');
  // On this very connection: whoever holds one and waits for a second may wait for ever. The first charge
  // of a period holds up the others that are first with it, until its commit.
  await ensureBillingPeriods(
    tx,
    missing.filter((key) => !isPast(key)),
  );
  const states = new Map([...found, ...(await findBillingPeriods(tx, missing))]);
  for (const key of missing.filter(isPast)) {
    const { closesOn } = periodRange(key.period, key.closingGroup);
    states.set(keyOf(String(key.closingGroup), key.period), { ...key, state: 'closed', closesOn });
  }
  return states;
}

/**
 * The last period of each closing group that is closed. One before it that nobody ever opened, because the
 * service began later, is not opened any more: its month has been settled without it.
 */
async function findLastClosed(tx: InTransaction<Deps>): Promise<ReadonlyMap<ClosingGroup, string>> {
  const rows = await sqlOf(tx.em)
    .selectFrom('billing_period')
    .select(({ fn }) => ['closingGroup', fn.max('period').as('period')])
    .where('state', 'in', ['closing', 'closed'])
    .groupBy('closingGroup')
    .execute();
  return new Map(rows.map((row) => [row.closingGroup, row.period]));
}

type BillingPeriodRow = PeriodKey & { readonly state: string; readonly closesOn: string };

async function findBillingPeriods(
  tx: InTransaction<Deps>,
  keys: readonly PeriodKey[],
): Promise<BillingPeriods> {
  const rows = await queryRows<BillingPeriodRow>(
    tx.em,
    `SELECT period, closing_group AS closingGroup, state, closes_on AS closesOn FROM billing_period
     WHERE (period, closing_group) IN (?) LOCK IN SHARE MODE`,
    [keys.map(({ period, closingGroup }) => [period, closingGroup])],
  );
  return new Map(rows.map((row) => [keyOf(String(row.closingGroup), row.period), row]));
}
