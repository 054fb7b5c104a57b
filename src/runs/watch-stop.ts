import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunKey } from './run.queries.ts';

const LOOK_EVERY_MS = 2_000;

/** Whether a person has stopped a run, as of some seconds ago. */
export interface StopWatch {
  isStopped(): boolean;
  /** Looks no more. */
  end(): void;
}

/** Looks now, and every two seconds until it is ended, whether a person has stopped a run. */
export async function watchStop(deps: Deps, key: RunKey, lookEveryMs = LOOK_EVERY_MS): Promise<StopWatch> {
  let isStopped = (await findStop(deps, key)) !== undefined;
  const look = async () => {
    try {
      isStopped = (await findStop(deps, key)) !== undefined;
    } catch (error) {
      // The run itself finds out that the database is gone.
      deps.log.debug({ err: error, ...key }, 'the stop of a run was not read');
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  return { isStopped: () => isStopped, end: () => clearInterval(timer) };
}

/** Who has stopped a run, and when; undefined while nobody has. */
export function findStop(deps: Database, { job, businessDate }: RunKey) {
  return sqlOf(emOf(deps))
    .selectFrom('run_stop')
    .select(['stoppedBy', 'stoppedAt'])
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .executeTakeFirst();
}
