import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { foldPartition } from './fold-partition.ts';
import { foldPeriod } from './fold-period.ts';
import { addFolded, NOTHING_INVOICED, type InvoicedCounts } from './fold-range.ts';
import { planFold, type WaitingPeriod } from './plan-fold.ts';
import { countUnbilled, listUnclosedPeriods } from './unbilled.queries.ts';

/**
 * Folds captured charges into the line invoices of their billing periods, as far as their business date
 * has ended. Counts charges. Folding twice folds once: the database knows each charge on one invoice only.
 *
 * A large night is shared with the other processes that run it. Whatever is waiting afterwards, because it was
 * committed late or its night was skipped, is folded here: nothing is left behind.
 */
export async function foldCharges(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  const folded = await foldShared(deps, run);
  // What could not be folded a moment ago waits still, and is not tried once more.
  const waiting = (await listWaiting(deps, run.businessDate)).filter(
    ({ key, count }) => count > (folded.get(nameOf(key))?.parked ?? 0),
  );
  run.announce(waiting.reduce((sum, { count }) => sum + count, 0));
  for (const { key, count } of waiting) {
    const period = { key, through: run.businessDate, waiting: count, outcome: asTheyAre };
    const ofPeriod = await foldPeriod(deps, run, period);
    // A charge that was committed only now is done as well, and was not announced.
    run.announce(Math.max(0, ofPeriod.done + ofPeriod.parked - count));
    add(folded, key, ofPeriod);
  }
  return { folded: Object.fromEntries(folded) };
}

async function foldShared(deps: Deps, run: RunHandle): Promise<Map<string, InvoicedCounts>> {
  const { businessDate: through, chunkSize } = run;
  const partitions = await run.runPartitioned({
    step: 'fold',
    work: foldPartition,
    plan: async () => planFold(deps, { waiting: await listWaiting(deps, through), through, chunkSize }),
  });
  const folded = new Map<string, InvoicedCounts>();
  for (const { plan, counts } of partitions) add(folded, plan, counts);
  return folded;
}

async function listWaiting(deps: Deps, businessDate: string): Promise<WaitingPeriod[]> {
  const waiting: WaitingPeriod[] = [];
  for (const key of await listUnclosedPeriods(deps)) {
    const count = await countUnbilled(deps, key, businessDate);
    if (count > 0) waiting.push({ key, count });
  }
  return waiting;
}

const asTheyAre = (folded: InvoicedCounts): InvoicedCounts => folded;

const nameOf = ({ period, closingGroup }: PeriodKey) => `${period}/${closingGroup}`;

function add(folded: Map<string, InvoicedCounts>, key: PeriodKey, { done, parked }: InvoicedCounts): void {
  folded.set(nameOf(key), addFolded(folded.get(nameOf(key)) ?? NOTHING_INVOICED, { done, parked }));
}
