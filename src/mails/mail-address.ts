import { insertRows } from '../database/rows.ts';
import { sqlOf } from '../database/sql.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import type { Database, InTransaction } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import { hashMailAddress } from '../shared/mail-address.rules.ts';

interface AddressDeps extends Database {
  readonly clock: Clock;
}

interface Bounce {
  /** As `readMailAddress` gives it. */
  readonly address: string;
  readonly reportedBy: 'smtp' | 'staff';
  readonly reason: string;
}

/** Marks an address as one whose mails come back. A mark that is there keeps its time, so that a notice is tried a day after it. */
export async function markAddress(tx: InTransaction<AddressDeps>, bounce: Bounce): Promise<void> {
  const { address, reportedBy, reason } = bounce;
  const row = {
    addressHash: hashMailAddress(address),
    state: 'bounced' as const,
    since: tx.clock.now(),
    reportedBy,
    reason: reason.slice(0, 300),
  };
  const update =
    "ON DUPLICATE KEY UPDATE since = IF(state = 'bounced', since, VALUES(since)), state = 'bounced', " +
    'reported_by = VALUES(reported_by), reason = VALUES(reason)';
  await runStatement(tx.em, insertRows('mail_address', [row], update));
}

/**
 * Lifts the mark that our own sender made, because a mail server has accepted a mail to that address. A mark that was reported stays:
 * the server in front of us accepts everything and returns it later.
 */
export async function liftSmtpMark(tx: InTransaction<AddressDeps>, address: string): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('mail_address')
    .set({ state: 'ok', since: tx.clock.now() })
    .where('addressHash', '=', hashMailAddress(address))
    .where('state', '=', 'bounced')
    .where('reportedBy', '=', 'smtp')
    .execute();
}

/** Lifts any mark. Returns whether there was one. */
export async function liftMark(tx: InTransaction<AddressDeps>, address: string): Promise<boolean> {
  const { numUpdatedRows } = await sqlOf(tx.em)
    .updateTable('mail_address')
    .set({ state: 'ok', since: tx.clock.now() })
    .where('addressHash', '=', hashMailAddress(address))
    .where('state', '=', 'bounced')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
