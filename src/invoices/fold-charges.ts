import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from './ensure-billing-period.ts';
import { foldPeriod, type Folded } from './fold-period.ts';
import { countUnfolded, listUnclosedPeriods } from './unfolded.queries.ts';

/**
 * Folds captured charges into the line invoices of their billing periods, as far as their business date
 * has ended. Counts charges. Folding twice folds once: the database knows each charge on one invoice only.
 */
export async function foldCharges(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  const waiting = await listWaiting(deps, run.businessDate);
  run.expect(waiting.reduce((sum, { count }) => sum + count, 0));
  const folded: Record<string, Folded> = {};
  for (const { key, count } of waiting) {
    const ofPeriod = await foldPeriod(deps, run, {
      key,
      through: run.businessDate,
      waiting: count,
      count: asTheyAre,
    });
    // A charge that was committed only now is done as well, and was not announced.
    run.expect(Math.max(0, ofPeriod.done + ofPeriod.parked - count));
    folded[`${key.period}/${key.closingGroup}`] = ofPeriod;
  }
  return { folded };
}

const asTheyAre = (folded: Folded): Folded => folded;

async function listWaiting(deps: Deps, businessDate: string): Promise<{ key: PeriodKey; count: number }[]> {
  const waiting: { key: PeriodKey; count: number }[] = [];
  for (const key of await listUnclosedPeriods(deps)) {
    const count = await countUnfolded(deps, key, businessDate);
    if (count > 0) waiting.push({ key, count });
  }
  return waiting;
}
