import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

interface ParkedOf {
  readonly job: string;
  /** What the subjects begin with: `2026-05/31/`. */
  readonly prefix: string;
  /** Business date of the first run that could have parked one. */
  readonly from: string;
  readonly limit: number;
}

/** What the runs of a job have parked of a billing period, the newest night first. @throws Problem `permission-denied` */
export async function listParkedOfPeriod(deps: Deps, actor: Actor, { job, prefix, from, limit }: ParkedOf) {
  authorize(actor, 'runs:read');
  return await sqlOf(emOf(deps))
    .selectFrom('parked')
    .select(['job', 'businessDate', 'subject', 'reason'])
    .where('job', '=', job)
    .where('businessDate', '>=', from)
    .where('subject', 'like', `${prefix}%`)
    .orderBy('businessDate', 'desc')
    .orderBy('subject')
    .limit(limit)
    .execute();
}
