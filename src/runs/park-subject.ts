import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ParkedSubject } from './run-handle.ts';
import type { RunKey } from './run.queries.ts';

/** Characters of a reason that the table keeps. */
const MAX_REASON = 300;

/** Lists a subject as parked by a run; one that is parked again keeps its row, with the latest reason. */
export async function parkSubject(
  tx: InTransaction<Deps>,
  { job, businessDate }: RunKey,
  { subject, reason: whole }: ParkedSubject,
): Promise<void> {
  const reason = whole.slice(0, MAX_REASON);
  await sqlOf(tx.em)
    .insertInto('parked')
    .values({ job, businessDate, subject, reason, createdAt: tx.clock.now() })
    .onDuplicateKeyUpdate({ reason })
    .execute();
}
