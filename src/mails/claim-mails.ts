import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Mail } from './mail.entity.ts';

/** Mails a process takes at once, from each end of the queue. */
const FROM_EACH_END = 10;

/**
 * How long a process may keep what it has claimed. After it another process takes the mails: the first one has died, or stopped
 * sending in time (`isLeaseEnough`).
 */
const LEASE_MS = 5 * 60_000;

/** Mails that are this process's own until their lease ends, in the order in which they are tried. */
export interface Claim {
  /** Names this claim; writes of a process that has lost it change nothing. */
  readonly owner: string;
  readonly until: Date;
  readonly mails: readonly Mail[];
}

/**
 * Claims mails that are due, by turns those that became due last and those that have waited longest. So a new mail, which may have a code
 * that somebody waits for, does not wait behind any number of mails that fail, and an old one is tried however many are new. The claim is an update that is committed before anything is sent: of several processes one
 * gets a mail, also on a cluster, where the others lose at their commit and try again. The attempt is counted now, so that a
 * mail that kills its process is not tried for ever.
 */
export async function claimMails(deps: Deps): Promise<Claim> {
  const owner = deps.ids.next();
  const now = deps.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  await inTransaction(deps, async (tx) => {
    await claimFrom(tx, 'desc', { owner, now, until });
    await claimFrom(tx, 'asc', { owner, now, until });
  });
  return { owner, until, mails: fromBothEnds(await listClaimed(deps, owner)) };
}

/** The last, the first, the last but one, the second … */
function fromBothEnds<T>(all: readonly T[]): T[] {
  return all.map((_, index) => (index % 2 === 0 ? all[all.length - 1 - index / 2]! : all[(index - 1) / 2]!));
}

async function claimFrom(
  { em }: InTransaction<Deps>,
  order: 'asc' | 'desc',
  { owner, now, until }: { readonly owner: string; readonly now: Date; readonly until: Date },
): Promise<void> {
  await sqlOf(em)
    .updateTable('mail')
    .set({ leaseOwner: owner, leaseUntil: until, attempts: sql`attempts + 1` as never })
    .where('state', '=', 'waiting')
    .where('nextAttemptAt', '<=', now)
    .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', now)]))
    .orderBy('nextAttemptAt', order)
    .limit(FROM_EACH_END)
    .execute();
}

async function listClaimed(deps: Deps, owner: string): Promise<Mail[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('mail')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('leaseOwner', '=', owner)
    .orderBy('nextAttemptAt')
    .orderBy('id')
    .execute();
}
