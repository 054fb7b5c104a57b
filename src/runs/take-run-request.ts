import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { processIdentity } from './process-identity.ts';
import type { RunRequest } from './run-request.entity.ts';

/** How long a taken request stays with a process that gives no sign of life, in seconds of the database's clock. */
const LEASE_SECONDS = 60;

const leaseEnd = () => sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(LEASE_SECONDS)} SECOND`;

/** A request that this process is to run. */
export type TakenRequest = Pick<RunRequest, 'id' | 'job' | 'businessDate'>;

/** Takes the oldest request that waits, or whose process gives no sign of life; undefined if there is none. */
export async function takeRunRequest(deps: Deps): Promise<TakenRequest | undefined> {
  const first = await selectFree(deps).executeTakeFirst();
  if (!first) return undefined;
  const isTaken = await inTransaction(deps, async (tx) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('run_request')
      .set({ state: 'taken', takenBy: processIdentity(), leaseUntil: leaseEnd() })
      .where('id', '=', first.id)
      .where(isFree)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  });
  // Another process was faster: the next pass looks again.
  return isTaken ? first : undefined;
}

const isFree = sql<boolean>`(state = 'waiting' OR (state = 'taken' AND lease_until <= UTC_TIMESTAMP(3)))`;

function selectFree(deps: Deps) {
  return sqlOf(deps.orm.em.fork())
    .selectFrom('run_request')
    .select(['id', 'job', 'businessDate'])
    .where('state', 'in', ['waiting', 'taken'])
    .where(isFree)
    .orderBy('id')
    .limit(1);
}

/** Shows that the process that took a request still works on it. */
export async function renewRunRequest(deps: Deps, { id }: TakenRequest): Promise<void> {
  await own(deps, id).set({ leaseUntil: leaseEnd() }).execute();
}

/** Ends a request; without an outcome it waits again, because this process is stopping. */
export async function endRunRequest(
  deps: Deps,
  { id }: TakenRequest,
  outcome: NonNullable<RunRequest['outcome']> | undefined,
): Promise<void> {
  const ended =
    outcome === undefined
      ? { state: 'waiting' as const, takenBy: null, leaseUntil: null }
      : { state: 'ended' as const, outcome, endedAt: deps.clock.now(), leaseUntil: null };
  await own(deps, id).set(ended).execute();
}

/** A request while it is this process's own. */
function own(deps: Deps, id: string) {
  return sqlOf(deps.orm.em.fork())
    .updateTable('run_request')
    .where('id', '=', id)
    .where('state', '=', 'taken')
    .where('takenBy', '=', processIdentity());
}
