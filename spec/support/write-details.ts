import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { staff } from './actors.ts';

/** Writes the invoice details of all closed periods into the files folder, as their closes would. */
export async function writeDetails(deps: Deps): Promise<string[]> {
  const periods = await sqlOf(deps.orm.em.fork())
    .selectFrom('billing_period')
    .select(['period', 'closingGroup'])
    .where('state', '=', 'closed')
    .orderBy('closesOn')
    .execute();
  const paths: string[] = [];
  for (const period of periods) paths.push((await exportAgain(deps, staff(), period)).path);
  return paths;
}
