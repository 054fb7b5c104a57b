import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import type { ParkedSubject } from '../../../src/runs/run-handle.ts';

interface Night {
  readonly businessDate: string;
  readonly job: string;
  readonly done: number;
  readonly parked?: readonly ParkedSubject[];
  readonly error?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The night of May 12 ran with three subjects parked; that of May 13 had a failure, and folds. */
const nights: readonly Night[] = [
  { businessDate: '2026-05-11', job: 'renew-subscriptions', done: 1_180 },
  { businessDate: '2026-05-11', job: 'fold-charges', done: 11_871 },
  {
    businessDate: '2026-05-12',
    job: 'renew-subscriptions',
    done: 1_204,
    parked: ['a', 'b', 'c'].map((end) => ({
      subject: `sub_0000000000000000000000000${end}`,
      reason: 'the line COP00000001 has ended and its holder is not known',
    })),
  },
  { businessDate: '2026-05-12', job: 'fold-charges', done: 12_403 },
  { businessDate: '2026-05-12', job: 'close-periods', done: 1, facts: { '2026-04/10': {} } },
  { businessDate: '2026-05-13', job: 'renew-subscriptions', done: 1_190 },
  { businessDate: '2026-05-13', job: 'expire-authorizations', done: 0, error: 'the file system is full' },
];

/** Runs what the jobs of some nights left in the table of runs, with work that does nothing else. */
export async function runNights(deps: Deps): Promise<void> {
  for (const { businessDate, job, done, parked = [], error, facts = {} } of nights) {
    const run = executeRun(deps, { job, businessDate }, async (_, handle) => {
      handle.announce(done + parked.length);
      handle.report(`${done} to do`);
      await handle.inChunk(async (tx) => {
        for (const subject of parked) await handle.park(tx, subject);
        return { done, parked: parked.length };
      });
      if (error !== undefined) throw new Error(error);
      return facts;
    });
    await run.catch(() => undefined);
  }
  await beginRun(deps, { job: 'fold-charges', businessDate: '2026-05-13' });
}

/** The row of a run that a process on another machine holds for an hour, with 40% done. */
export async function beginRun(deps: Deps, key: { job: string; businessDate: string }): Promise<void> {
  await sqlOf(deps.orm.em.fork())
    .insertInto('run')
    .values({
      ...key,
      part: '',
      state: 'running',
      attempt: 1,
      heldBy: 'batch-2:4711',
      leaseToken: deps.ids.next(),
      leaseUntil: sql<Date>`DATE_ADD(UTC_TIMESTAMP(3), INTERVAL 1 HOUR)`,
      expected: 12_500n,
      done: 5_000n,
      skipped: 0n,
      parked: 0n,
      manifest: null,
      startedAt: new Date(deps.clock.now().getTime() - 120_000),
      finishedAt: null,
      error: null,
    })
    .execute();
}
