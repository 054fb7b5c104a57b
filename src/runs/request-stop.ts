import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findRun, type RunKey } from './run.queries.ts';

/**
 * Stops a run: every process that works on it ends after its chunk, what is committed stays, and no process begins it again until a
 * person starts it. A request that nobody has taken yet ends with it.
 * @throws Problem `permission-denied`, `not-found` for a run that never began, `illegal-state` for one that has finished
 */
export async function requestStop(deps: Deps, actor: Actor, { job, businessDate }: RunKey): Promise<void> {
  authorize(actor, 'runs:execute');
  await inTransaction(deps, async (tx) => {
    // Without a lock: the holder locks the row for as long as a chunk takes, and a stop must not wait for it.
    const run = await findRun(tx, { job, businessDate });
    if (!run) throw new Problem('not-found');
    if (run.state === 'finished') throw new Problem('illegal-state', { facts: { reason: 'run-finished' } });
    const stoppedBy = actorName(actor);
    const { numInsertedOrUpdatedRows } = await sqlOf(tx.em)
      .insertInto('run_stop')
      .ignore()
      .values({ job, businessDate, stoppedBy, stoppedAt: tx.clock.now() })
      .executeTakeFirstOrThrow();
    await sqlOf(tx.em)
      .updateTable('run_request')
      .set({ state: 'ended', outcome: 'stopped', endedAt: tx.clock.now() })
      .where('job', '=', job)
      .where('businessDate', '=', businessDate)
      .where('state', '=', 'waiting')
      .execute();
    if (numInsertedOrUpdatedRows === 0n) return;
    const line = { actor: stoppedBy, action: 'batch.stop', subject: `job:${job}`, facts: { businessDate } };
    await recordAudit(tx, line);
  });
}
