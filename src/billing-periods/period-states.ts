import type { Deps } from '../deps.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import { selectStatement, type Statement } from '../database/statement.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import { periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';
import type { PeriodState } from './choose-period.rules.ts';
import { distinctPeriods, ensureBillingPeriods, periodKey, type PeriodKey } from './ensure-billing-period.ts';

type PeriodStates = ReadonlyMap<string, PeriodState>;

/** The states of billing periods by `periodKey`, share-locked. Periods that do not exist yet are not in the map. */
export function findPeriodStates(keys: readonly PeriodKey[]): Statement<PeriodStates> {
  return selectStatement(
    `SELECT period, closing_group AS closingGroup, state, closes_on AS closesOn FROM billing_period
     WHERE (period, closing_group) IN (?) LOCK IN SHARE MODE`,
    [distinctPeriods(keys).map(({ period, closingGroup }) => [period, closingGroup])],
    (rows: readonly PeriodState[]) => new Map(rows.map((row) => [periodKey(row), row])),
  );
}

/** The states of all the periods named, share-locked and opened where that is needed; `known` are those locked already. */
export async function lockPeriodStates(
  tx: InTransaction<Deps>,
  wanted: readonly PeriodKey[],
  known: PeriodStates,
): Promise<PeriodStates> {
  const unknown = missingFrom(known, wanted);
  if (unknown.length === 0) return known;
  const found = new Map([...known, ...(await runStatement(tx.em, findPeriodStates(unknown)))]);
  const missing = missingFrom(found, unknown);
  if (missing.length === 0) return found;
  const lastClosed = await findLastClosed(tx);
  const isPast = ({ period, closingGroup }: PeriodKey) => period < (lastClosed.get(closingGroup) ?? '');
  // On this very connection: a transaction that waits for a second one may never end. The first charge
  // of a period makes others that would open it wait for its commit.
  await ensureBillingPeriods(
    tx,
    missing.filter((key) => !isPast(key)),
  );
  const opened = await runStatement(tx.em, findPeriodStates(missing));
  const past = missing.filter(isPast).map((key): [string, PeriodState] => [periodKey(key), closedState(key)]);
  return new Map([...found, ...opened, ...past]);
}

function missingFrom(known: PeriodStates, wanted: readonly PeriodKey[]): PeriodKey[] {
  return distinctPeriods(wanted).filter((key) => !known.has(periodKey(key)));
}

function closedState({ period, closingGroup }: PeriodKey): PeriodState {
  return { period, closingGroup, state: 'closed', closesOn: periodRange(period, closingGroup).closesOn };
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
