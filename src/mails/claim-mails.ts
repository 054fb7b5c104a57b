import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Mail } from './mail.entity.ts';

/** Mails a process takes at once. */
const BATCH = 20;

/**
 * How long a process may keep what it has claimed. After it another process takes the mails: the first one has died, or stopped
 * sending in time (`isLeaseEnough`).
 */
const LEASE_MS = 5 * 60_000;

/** Mails that are this process's own until their lease ends. */
export interface Claim {
  /** Names this claim; writes of a process that has lost it change nothing. */
  readonly owner: string;
  readonly until: Date;
  readonly mails: readonly Mail[];
}

/**
 * Claims the mails that are due. The claim is an update that is committed before anything is sent: of several processes one
 * gets a mail, also on a cluster, where the others lose at their commit and try again. The attempt is counted now, so that a
 * mail that kills its process is not tried for ever.
 */
export async function claimMails(deps: Deps): Promise<Claim> {
  const owner = deps.ids.next();
  const now = deps.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('mail')
      .set({ leaseOwner: owner, leaseUntil: until, attempts: sql`attempts + 1` as never })
      .where('state', '=', 'waiting')
      .where('nextAttemptAt', '<=', now)
      .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', now)]))
      .orderBy('nextAttemptAt')
      .limit(BATCH)
      .execute(),
  );
  return { owner, until, mails: await listClaimed(deps, owner) };
}

async function listClaimed(deps: Deps, owner: string): Promise<Mail[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('mail')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('leaseOwner', '=', owner)
    .orderBy('id')
    .execute();
}
