import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { businessDateOf } from '../../../src/shared/calendar.rules.ts';
import type { PlannedResults } from '../plan/world-plan.ts';
import { writeCsv } from '../results/write-csv.ts';
import type { DemoWorld } from './demo-world.ts';

const columns = ['invoice_number', 'result', 'collected_amount', 'result_date'] as const;

/** Puts a file of collection results into the inbox, as the carrier's system does; the next night imports it. */
export async function deliverResults({ site }: DemoWorld, results: PlannedResults): Promise<void> {
  const { config, clock } = site.deps;
  const date = businessDateOf(clock.now(), config.timeZone);
  const rows = await listResults(site.deps, results, date);
  if (rows.length === 0) return;
  const inbox = join(config.filesDir, 'collections', 'inbox');
  await mkdir(inbox, { recursive: true });
  const arriving = join(inbox, `results-${date}.arriving`);
  await writeCsv(arriving, columns, eachOf(rows));
  await rename(arriving, join(inbox, `results-${date}.csv`));
}

async function* eachOf<T>(rows: readonly T[]) {
  yield* rows;
}

async function listResults(deps: Deps, { period, dueThrough, outcomes }: PlannedResults, date: string) {
  const invoices = await sqlOf(emOf(deps))
    .selectFrom('line_invoice as l')
    .innerJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'l.billingPeriod').onRef('b.closingGroup', '=', 'l.closingGroup'),
    )
    .leftJoin('invoice_collection as c', 'c.invoiceNumber', 'l.number')
    .select(['l.number', 'l.lineId', 'l.totalMinor', 'c.state'])
    .where('l.billingPeriod', '=', period)
    .where('l.totalMinor', '>', 0n)
    .where('b.state', '=', 'closed')
    .$if(dueThrough !== undefined, (query) => query.where('b.dueOn', '<=', dueThrough!))
    .orderBy('l.number')
    .execute();
  return invoices.flatMap(({ number, lineId, totalMinor, state }) => {
    const outcome = outcomes.find(({ line }) => line.lineId === lineId);
    if (!outcome && state !== null) return [];
    return [
      {
        invoice_number: number,
        result: outcome?.result ?? 'collected',
        collected_amount: outcome?.collectedMinor ?? totalMinor,
        result_date: date,
      },
    ];
  });
}
