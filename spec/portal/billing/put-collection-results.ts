import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';

const HEADER = 'invoice_number,result,collected_amount,result_date,sequence,result_code';

/** Puts a file of the carrier's results for a month into the inbox: the first invoice is not collected, and one row names none. */
export async function putCollectionResults(deps: Deps, period: string): Promise<void> {
  const invoices = await sqlOf(deps.orm.em.fork())
    .selectFrom('line_invoice')
    .select(['number', 'totalMinor'])
    .where('billingPeriod', '=', period)
    .orderBy('number')
    .execute();
  const rows = invoices.map(({ number, totalMinor }, place) =>
    place === 0
      ? `${number},uncollected,0,2026-05-11,1,E1`
      : `${number},collected,${totalMinor},2026-05-11,1,`,
  );
  const folder = join(deps.config.filesDir, 'collections', 'inbox');
  await mkdir(folder, { recursive: true });
  const lines = [HEADER, ...rows, '202603-31-9999999,collected,100,2026-05-11,1,', ''];
  await writeFile(join(folder, `results-${period}.csv`), lines.join('\n'));
}
