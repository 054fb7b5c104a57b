import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Claim } from './claim-mails.ts';
import { liftSmtpMark, markAddress } from './mail-address.ts';
import { pauseBeforeRetry, type MailFailure } from './mail-retry.rules.ts';
import type { Mail } from './mail.entity.ts';

const released = { leaseOwner: null, leaseUntil: null } as const;

/** How an attempt ended. */
export type MailOutcome =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'failed';
      readonly failure: MailFailure;
      /** The server's words, for the row. */
      readonly error: string;
      /** Codes, for the log. */
      readonly name: string;
    };

/** Everything an outcome changes; false when the lease was lost meanwhile, and another process decides. */
export async function recordMailOutcome(
  deps: Deps,
  claim: Claim,
  mail: Mail,
  outcome: MailOutcome,
): Promise<boolean> {
  const now = deps.clock.now();
  return await inTransaction(deps, async (tx) => {
    const { numUpdatedRows } = await sqlOf(tx.em)
      .updateTable('mail')
      .set(changeOf(mail, outcome, now))
      .where('id', '=', mail.id)
      .where('leaseOwner', '=', claim.owner)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    if (outcome.kind === 'sent') await liftSmtpMark(tx, mail.toAddress);
    else if (outcome.failure === 'bounced')
      await markAddress(tx, { address: mail.toAddress, reportedBy: 'smtp', reason: outcome.error });
    return true;
  });
}

function changeOf({ attempts }: Mail, outcome: MailOutcome, now: Date) {
  if (outcome.kind === 'sent')
    return { ...released, state: 'sent', sentAt: now, secrets: null, lastError: null } as const;
  const { failure, error } = outcome;
  if (failure === 'refused' || failure === 'bounced')
    return { ...released, state: 'failed', secrets: null, lastError: error } as const;
  const pauseMs = pauseBeforeRetry(failure, attempts, Math.random());
  return { ...released, nextAttemptAt: new Date(now.getTime() + pauseMs), lastError: error } as const;
}

/** Gives back mails that were claimed and not tried; the attempt does not count. */
export async function releaseMails(deps: Deps, { owner }: Claim, mails: readonly Mail[]): Promise<void> {
  if (mails.length === 0) return;
  await inTransaction(deps, async (tx) => {
    for (const { id, attempts } of mails)
      await sqlOf(tx.em)
        .updateTable('mail')
        .set({ ...released, attempts: attempts - 1 })
        .where('id', '=', id)
        .where('leaseOwner', '=', owner)
        .execute();
  });
}

/** Gives up the mails whose time is over: nobody waits for them any more. Returns how many. */
export async function giveUpMails(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const { numUpdatedRows } = await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('mail')
      .set(({ fn, val }) => ({
        ...released,
        state: 'failed' as const,
        secrets: null,
        lastError: fn<string>('left', [
          fn('concat', [
            val('given up: '),
            fn.coalesce('lastError', val('its time was over before it was tried')),
          ]),
          val(300),
        ]),
      }))
      .where('state', '=', 'waiting')
      .where('giveUpAt', '<=', now)
      .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', now)]))
      .executeTakeFirstOrThrow(),
  );
  return Number(numUpdatedRows);
}
