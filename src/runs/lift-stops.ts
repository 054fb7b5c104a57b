import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunKey } from './run.queries.ts';

/** Lets a stopped job run again; for `night`, every job of the date. */
export async function liftStops(tx: InTransaction<Deps>, { job, businessDate }: RunKey): Promise<void> {
  await sqlOf(tx.em)
    .deleteFrom('run_stop')
    .where('businessDate', '=', businessDate)
    .$if(job !== 'night', (query) => query.where('job', '=', job))
    .execute();
}
