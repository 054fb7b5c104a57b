import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { needsOf } from './job-needs.rules.ts';
import type { RunKey } from './run.queries.ts';

/**
 * A job that is started by itself runs only after what it needs has finished for the same business date, as in the night: a close
 * before the fold would number invoices that lack charges.
 * @throws Problem `run-needs-missing`; `missing` names the jobs, separated by spaces
 */
export async function assertNeedsMet(deps: Database, { job, businessDate }: RunKey): Promise<void> {
  const missing = await listMissingNeeds(deps, { job, businessDate });
  if (missing.length === 0) return;
  const detail = `${job} for ${businessDate} needs ${missing.join(', ')} of that date: run ${missing.length === 1 ? 'it' : 'them'} first.`;
  throw new Problem('run-needs-missing', {
    detail,
    facts: { job, businessDate, missing: missing.join(' ') },
  });
}

/** What a job needs and has not finished for a business date, in the order of the night. */
async function listMissingNeeds(deps: Database, { job, businessDate }: RunKey): Promise<readonly string[]> {
  const needs = needsOf(job);
  if (needs.length === 0) return [];
  const finished = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select('job')
    .where('job', 'in', [...needs])
    .where('businessDate', '=', businessDate)
    .where('part', '=', '')
    .where('state', '=', 'finished')
    .execute();
  return needs.filter((need) => finished.every((run) => run.job !== need));
}
