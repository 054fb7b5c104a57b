import { sqlOf } from '../../../src/database/sql.ts';
import { describeJoined } from '../shadow/outcome.ts';
import type { Service } from './service.ts';

/** A subscription somebody has joined in the words of the simulation, with the free months that are its own. */
export async function joinedWords({ deps }: Service, id: string): Promise<string> {
  const sql = sqlOf(deps.orm.em.fork());
  const of = sql.selectFrom('subscription').select(['state', 'firstMonthFree', 'lastMonthFree']);
  const { state, firstMonthFree, lastMonthFree } = await of.where('id', '=', id).executeTakeFirstOrThrow();
  const claims = sql.selectFrom('free_month').select('kind').where('subscriptionId', '=', id);
  const kinds = new Set((await claims.execute()).map(({ kind }) => kind));
  return describeJoined({
    state,
    firstIsFree: firstMonthFree && kinds.has('first'),
    lastIsFree: lastMonthFree && kinds.has('last'),
  });
}
