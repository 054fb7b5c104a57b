import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Rehearsal } from './rehearsal.entity.ts';

/** How long a process may be silent: after that another one begins the rehearsal again. */
const LEASE_MS = 2 * 60_000;

/** A rehearsal that kills its process is not tried for ever. */
const MAX_ATTEMPTS = 3;

/** Of the one that waits or runs, if there is one. */
const isUnderWay = sql<boolean>`is_under_way`;

/** A rehearsal that is this process's own until its lease ends. */
export interface ClaimedRehearsal extends Pick<Rehearsal, 'id' | 'scope' | 'billingPeriod' | 'businessDate'> {
  readonly owner: string;
}

/** Thrown when another process has taken the rehearsal over: this one has been silent for too long. */
export class RehearsalLost extends Error {
  override readonly name = 'RehearsalLost';
}

/**
 * Claims the rehearsal that waits, or that a process has died in, with an update that is committed before it is begun. What an
 * earlier attempt has written of it is removed. Undefined when there is none, or another process has it.
 */
export async function claimRehearsal(deps: Deps): Promise<ClaimedRehearsal | undefined> {
  const owner = deps.ids.next();
  const now = deps.clock.now();
  await inTransaction(deps, async (tx) => {
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({
        state: 'failed',
        error: 'it was begun three times and never finished',
        finishedAt: now,
        leaseOwner: null,
      })
      .where(isUnderWay)
      .where('attempts', '>=', MAX_ATTEMPTS)
      .where('leaseUntil', '<=', now)
      .execute();
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({
        state: 'running',
        leaseOwner: owner,
        leaseUntil: new Date(now.getTime() + LEASE_MS),
        attempts: sql`attempts + 1` as never,
        readAt: now,
        done: 0,
        expected: 0,
      })
      .where(isUnderWay)
      .where(({ eb, or }) => or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', now)]))
      .execute();
  });
  const row = await sqlOf(emOf(deps))
    .selectFrom('rehearsal')
    .select(['id', 'scope', 'billingPeriod', 'businessDate'])
    .where(isUnderWay)
    .where('leaseOwner', '=', owner)
    .executeTakeFirst();
  if (!row) return undefined;
  await inOwnChunk(deps, { ...row, owner }, (tx) => removeFigures(tx, row.id));
  return { ...row, owner };
}

/**
 * Runs a chunk of a rehearsal in one transaction, while it is this process's own; renews the lease.
 * @throws RehearsalLost
 */
export function inOwnChunk<T>(
  deps: Deps,
  { id, owner }: Pick<ClaimedRehearsal, 'id' | 'owner'>,
  work: (tx: InTransaction<Deps>) => Promise<T>,
): Promise<T> {
  return inTransaction(deps, async (tx) => {
    const leaseUntil = new Date(tx.clock.now().getTime() + LEASE_MS);
    const row = await sqlOf(tx.em)
      .selectFrom('rehearsal')
      .select('id')
      .where('id', '=', id)
      .where('leaseOwner', '=', owner)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new RehearsalLost(id);
    await sqlOf(tx.em).updateTable('rehearsal').set({ leaseUntil }).where('id', '=', id).execute();
    return await work(tx);
  });
}

/** Returns a rehearsal that this process has to leave, for another one to begin. */
export function releaseRehearsal(deps: Deps, claim: ClaimedRehearsal): Promise<void> {
  return inOwnChunk(deps, claim, async (tx) => {
    await sqlOf(tx.em)
      .updateTable('rehearsal')
      .set({ state: 'waiting', leaseOwner: null, leaseUntil: null })
      .where('id', '=', claim.id)
      .execute();
  });
}

async function removeFigures(tx: InTransaction<Deps>, rehearsalId: string): Promise<void> {
  for (const table of ['rehearsal_group', 'rehearsal_company_group', 'rehearsal_settlement'] as const) {
    await sqlOf(tx.em).deleteFrom(table).where('rehearsalId', '=', rehearsalId).execute();
  }
}
