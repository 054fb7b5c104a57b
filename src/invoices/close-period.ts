import { collectNothingDue } from '../collections/collect-nothing-due.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { appendEvents } from '../events/append-events.ts';
import { sqlOf } from '../database/sql.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { exportInvoiceDetails, type PeriodDates } from './export-invoice-details.ts';
import { foldClosingPartition } from './fold-partition.ts';
import { foldUnbilled } from './fold-unbilled.ts';
import { keepParties } from './keep-parties.ts';
import { numberInvoices } from './number-invoices.ts';
import { closeToWriters } from '../billing-periods/period-write-barrier.ts';
import { planFoldPartitions } from './plan-fold-partitions.ts';
import { proveFolded, proveNumbered, type ProvenFigures } from './prove-close.ts';
import { countUnbilled } from './unbilled.queries.ts';

/** Later than any business date: a closing period takes every charge that is left in it. */
const LAST_DATE = '9999-12-31';

/** While other nodes of a cluster capture charges, the close of a period may lose to their commits many times. */
const AGAINST_CHARGES = { attempts: 60 };

/**
 * Closes one billing period: accepts no more charges, folds what is unbilled, then proves, numbers and exports, in this order.
 * The proof comes first, because a number is final: nothing is numbered whose figures do not agree. The file comes last,
 * because it carries the numbers, and only once these are proven complete. Each step finds what an earlier attempt has done,
 * so that a close that was killed between or within steps has the same totals, numbers and bytes when it runs again.
 * @throws Problem `proof-of-close-failed`: the period stays closing, and nothing is exported; nothing is numbered either,
 * unless the numbers themselves have a fault.
 */
export async function closePeriod(deps: Deps, run: RunHandle, period: PeriodDates): Promise<void> {
  const report = (what: string) => run.report(`${period.period}/${period.closingGroup}: ${what}`);
  await refuseFurtherCharges(run, period);
  await foldTheRest(deps, run, period);

  const proven = await proveFolded(deps, period);
  report(
    `${proven.invoiceCount} invoices, ${proven.itemCount} items, ${proven.totalMinor} in all; numbering`,
  );

  await run.inChunk(async (tx) => {
    await keepParties(tx, period);
    return {};
  });
  await numberInvoices(deps, run, period);
  await proveNumbered(deps, period, proven);
  report('numbered; exporting');

  const { path, checksum } = await exportInvoiceDetails(deps, period);
  await recordClose(run, period, { ...proven, checksum });
  report(`closed; ${path}`);
}

/** Folds what the nights have not: partitioned when there are many. Charges are not counted, because a close counts periods. */
async function foldTheRest(deps: Deps, run: RunHandle, { period, closingGroup }: PeriodDates): Promise<void> {
  const key = { period, closingGroup };
  const { chunkSize } = run;
  await run.runPartitioned({
    step: 'fold',
    of: `${period}/${closingGroup}`,
    work: foldClosingPartition,
    plan: async () => {
      const periods = [{ key, unbilled: await countUnbilled(deps, key, LAST_DATE) }];
      const planned = await planFoldPartitions(deps, { periods, through: LAST_DATE, chunkSize });
      return planned.map(({ plan }) => ({ plan, expected: 0 }));
    },
  });
  const unbilled = await countUnbilled(deps, key, LAST_DATE);
  await foldUnbilled(deps, run, { key, through: LAST_DATE, unbilled, outcome: () => ({}) });
}

/**
 * Waits for the captures that are under way, each of which locks its period's row, and turns away those
 * that come later: they go to the next period and are late. Captures on other nodes of a cluster hold no lock here: once
 * the period is closed to writers, they have been committed or will fail.
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
    await collectNothingDue(tx, { period, closingGroup, bookedOn: run.businessDate });
    await recordAudit(tx, {
      actor: 'job:close-periods',
      action: 'billing-period.close',
      subject: `billing-period:${period}/${closingGroup}`,
      facts: { checksum: proof.checksum },
      changed: { table: 'billing_period', key: [period, closingGroup] },
    });
    const { invoiceCount, itemCount, totalMinor } = proof;
    const snapshot = { invoiceCount, itemCount, totalMinor };
    const subject = `${period}/${closingGroup}`;
    await appendEvents(tx, [{ type: 'billing-period.closed', subject, companyId: null, snapshot }]);
    const fact = { ...proof, totalMinor: String(proof.totalMinor) };
    return { done: 1, facts: { [`${period}/${closingGroup}`]: fact } };
  });
}
