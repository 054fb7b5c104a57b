import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { exportInvoiceDetails, type PeriodDates } from './export-invoice-details.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { foldClosingPartition } from './fold-partition.ts';
import { foldPeriod } from './fold-period.ts';
import type { LineRange } from './invoice-ranges.ts';
import { keepParties } from './keep-parties.ts';
import { numberInvoices } from './number-invoices.ts';
import { closeToWriters } from '../billing-periods/period-write-barrier.ts';
import { planFold } from './plan-fold.ts';
import { proveFolded, proveNumbered, type ProvenFigures } from './prove-close.ts';
import { countUnbilled } from './unbilled.queries.ts';

/** Charges can bear no later business date than this; a closing period takes whatever is still left in it. */
const LAST_DATE = '9999-12-31';

/** What a node takes in from the others goes before: while they sell, a close may lose to their charges many times. */
const AGAINST_CHARGES = { attempts: 60 };

/**
 * Closes one billing period: no more charges, the last of them folded, the proof, the numbers, the file for
 * the carrier. Each step finds what an earlier attempt has done, so a close that was cut off goes on to
 * the same totals, numbers and bytes.
 * @throws Problem `proof-of-close-failed`: nothing is numbered or exported, the period stays closing.
 */
export async function closePeriod(deps: Deps, run: RunHandle, period: PeriodDates): Promise<void> {
  const name = `${period.period}/${period.closingGroup}`;
  await refuseFurtherCharges(run, period);
  await foldWaiting(deps, run, period);
  const proven = await proveFolded(deps, period);
  run.report(
    `${name}: ${proven.invoiceCount} invoices, ${proven.itemCount} items, ${proven.totalMinor} in all; numbering`,
  );
  await run.inChunk(async (tx) => {
    await keepParties(tx, period);
    return {};
  });
  const { path, checksum } = await exportInvoiceDetails(
    deps,
    period,
    numberAndProve(deps, run, period, proven),
  );
  await recordClose(run, period, { ...proven, checksum });
  run.report(`${name}: closed; ${path}`);
}

/** Folds what the nights have not: shared when it is much, and then whatever is left. Not counted: a close counts periods. */
async function foldWaiting(deps: Deps, run: RunHandle, { period, closingGroup }: PeriodDates): Promise<void> {
  const key = { period, closingGroup };
  const { chunkSize } = run;
  let waiting: number | undefined;
  const partitions = await run.runPartitioned({
    step: 'fold',
    of: `${period}/${closingGroup}`,
    work: foldClosingPartition,
    plan: async () => {
      waiting = await countUnbilled(deps, key, LAST_DATE);
      const planned = await planFold(deps, {
        waiting: [{ key, count: waiting }],
        through: LAST_DATE,
        chunkSize,
      });
      return planned.map(({ plan }) => ({ plan, expected: 0 }));
    },
  });
  if (waiting === undefined || partitions.length > 0) waiting = await countUnbilled(deps, key, LAST_DATE);
  await foldPeriod(deps, run, { key, through: LAST_DATE, waiting, outcome: () => ({}) });
}

/** The ranges of numbered invoices, and an error at their end unless nothing was left out. */
async function* numberAndProve(
  deps: Deps,
  run: RunHandle,
  key: PeriodKey,
  proven: ProvenFigures,
): AsyncGenerator<LineRange> {
  yield* numberInvoices(deps, run, key);
  await proveNumbered(deps, key, proven);
}

/**
 * Waits for the captures that are under way, each of which holds its period's row, and turns away those
 * that come later: they go to the next period and are late. Captures on other nodes of a cluster hold nothing
 * here: when the lanes are shut, they are in, or will fail.
 */
async function refuseFurtherCharges(run: RunHandle, { period, closingGroup }: PeriodDates): Promise<void> {
  await run.inChunk(async (tx) => {
    await sqlOf(tx.em)
      .updateTable('billing_period')
      .set({ state: 'closing' })
      .where('period', '=', period)
      .where('closingGroup', '=', closingGroup)
      .where('state', '=', 'open')
      .execute();
    return {};
  }, AGAINST_CHARGES);
  await run.inChunk(async (tx) => {
    await closeToWriters(tx, { period, closingGroup });
    return {};
  }, AGAINST_CHARGES);
}

async function recordClose(
  run: RunHandle,
  { period, closingGroup }: PeriodDates,
  proof: ProvenFigures & { checksum: string },
): Promise<void> {
  await run.inChunk(async (tx) => {
    await sqlOf(tx.em)
      .updateTable('billing_period')
      .set({ state: 'closed', closedAt: tx.clock.now(), ...proof })
      .where('period', '=', period)
      .where('closingGroup', '=', closingGroup)
      .execute();
    await recordAudit(tx, {
      actor: 'job:close-periods',
      action: 'billing-period.close',
      subject: `billing-period:${period}/${closingGroup}`,
      facts: { checksum: proof.checksum },
      changed: { table: 'billing_period', key: [period, closingGroup] },
    });
    const fact = { ...proof, totalMinor: String(proof.totalMinor) };
    return { done: 1, facts: { [`${period}/${closingGroup}`]: fact } };
  });
}
