import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ProducingRun } from './figure-node.types.ts';

/** The run of a job that was under way at an instant; undefined where it was run in another way. */
export async function findRunAt(
  deps: Deps,
  { job, at }: { readonly job: string; readonly at: Date },
): Promise<ProducingRun | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['job', 'businessDate', 'finishedAt'])
    .where('job', '=', job)
    .where('part', '=', '')
    .where('startedAt', '<=', at)
    .where(({ eb, or }) => or([eb('finishedAt', 'is', null), eb('finishedAt', '>=', at)]))
    .orderBy('businessDate', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The run of a job that dealt with a business date: its own, or the first one after it. */
export async function findRunFor(
  deps: Deps,
  { job, businessDate }: { readonly job: string; readonly businessDate: string },
): Promise<ProducingRun | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['job', 'businessDate', 'finishedAt'])
    .where('job', '=', job)
    .where('part', '=', '')
    .where('businessDate', '>=', businessDate)
    .where('state', '=', 'finished')
    .orderBy('businessDate')
    .limit(1)
    .executeTakeFirst();
}
