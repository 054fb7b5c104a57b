import type { Deps } from '../../src/deps.ts';
import { needsOf } from '../../src/runs/job-needs.rules.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import type { RunKey } from '../../src/runs/run.queries.ts';

/** What a job needs has finished for its date and had nothing to do, so that the job can be started by itself. */
export async function finishNeeds(deps: Deps, { job, businessDate }: RunKey): Promise<void> {
  for (const need of needsOf(job))
    await executeRun(deps, { job: need, businessDate }, () => Promise.resolve({}));
}
