import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { addCounts, NOTHING_INVOICED, type InvoicedCounts } from './fold-in-chunks.ts';
import { foldPartition } from './fold-partition.ts';
import { foldUnbilled } from './fold-unbilled.ts';
import { planFoldPartitions, type UnbilledPeriod } from './plan-fold-partitions.ts';
import { countUnbilled, listUnclosedPeriods } from './unbilled.queries.ts';

/**
 * Night job: folds captured charges, and the refunds of charges, into the line invoices of their billing periods, as far as their
 * business date has ended. Counts both. The database has each of them on one invoice only, so folding twice folds once.
 *
 * A large night is partitioned, and every process that runs the night works on it. Charges that are unbilled after that,
 * because they were committed late or a night was skipped, are folded by this process.
 */
export async function foldCharges(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  const folded = await foldPartitioned(deps, run);
  // What a partition has parked is still unbilled, and is not tried again.
  const periods = (await listUnbilled(deps, run.businessDate)).filter(
    ({ key, unbilled }) => unbilled > (folded.get(nameOf(key))?.parked ?? 0),
  );
  run.announce(periods.reduce((sum, { unbilled }) => sum + unbilled, 0));
  for (const { key, unbilled } of periods) {
    const period = { key, through: run.businessDate, unbilled, outcome: countCharges };
    const ofPeriod = await foldUnbilled(deps, run, period);
    // A charge that was committed meanwhile is folded too, and was not announced.
    run.announce(Math.max(0, ofPeriod.done + ofPeriod.parked - unbilled));
    add(folded, key, ofPeriod);
  }
  return { folded: Object.fromEntries(folded) };
}

async function foldPartitioned(deps: Deps, run: RunHandle): Promise<Map<string, InvoicedCounts>> {
  const { businessDate: through, chunkSize } = run;
  const partitions = await run.runPartitioned({
    step: 'fold',
    work: foldPartition,
    plan: async () =>
      planFoldPartitions(deps, { periods: await listUnbilled(deps, through), through, chunkSize }),
  });
  const folded = new Map<string, InvoicedCounts>();
  for (const { plan, counts } of partitions) add(folded, plan, counts);
  return folded;
}

async function listUnbilled(deps: Deps, businessDate: string): Promise<UnbilledPeriod[]> {
  const periods: UnbilledPeriod[] = [];
  for (const key of await listUnclosedPeriods(deps)) {
    const unbilled = await countUnbilled(deps, key, businessDate);
    if (unbilled > 0) periods.push({ key, unbilled });
  }
  return periods;
}

const countCharges = (folded: InvoicedCounts): InvoicedCounts => folded;

const nameOf = ({ period, closingGroup }: PeriodKey) => `${period}/${closingGroup}`;

function add(folded: Map<string, InvoicedCounts>, key: PeriodKey, { done, parked }: InvoicedCounts): void {
  folded.set(nameOf(key), addCounts(folded.get(nameOf(key)) ?? NOTHING_INVOICED, { done, parked }));
}
