import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

const DAY_MS = 24 * 3_600_000;
/** Mails that are read at a time, and removed in one transaction; small, so that no mail that arrives waits. */
const CHUNK = 1_000;

interface MailKey {
  readonly caseNumber: string;
  readonly sequence: number;
  readonly receivedAt: Date;
  /** Its case closed so long ago that the mail goes. */
  readonly isOver: number | string;
}

/**
 * Removes the mails of cases that closed more than `CASE_MAIL_DAYS` days ago: senders, subjects and names of files. The words that a mail
 * added to its case stay in the history of the case. Returns how many. It can be run again at any time.
 */
export async function purgeCaseMails(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - deps.config.cases.mailDays * DAY_MS);
  let purged = 0;
  let last: MailKey | undefined;
  for (;;) {
    const mails = await listMails(deps, before, last);
    const over = mails.filter(({ isOver }) => Number(isOver) === 1);
    if (over.length > 0) purged += await remove(deps, over);
    last = mails.at(-1);
    if (mails.length < CHUNK) return purged;
  }
}

/** Mails received before an instant, in the order of their key. None of a case that closed before it was received after it. */
async function listMails(deps: Deps, before: Date, last: MailKey | undefined): Promise<MailKey[]> {
  const after = last
    ? sql`AND m.received_at >= ${last.receivedAt}
        AND (m.received_at, m.case_number, m.sequence) > (${last.receivedAt}, ${last.caseNumber}, ${last.sequence})`
    : sql``;
  const { rows } = await sql<MailKey>`
    SELECT m.case_number AS caseNumber, m.sequence, m.received_at AS receivedAt,
      (c.state = 'closed' AND c.closed_at <= ${before}) AS isOver
    FROM case_mail m FORCE INDEX (case_mail_by_time) STRAIGHT_JOIN support_case c ON c.number = m.case_number
    WHERE m.received_at <= ${before} ${after}
    ORDER BY m.received_at, m.case_number, m.sequence LIMIT ${CHUNK}`.execute(sqlOf(emOf(deps)));
  return rows;
}

async function remove(deps: Deps, mails: readonly MailKey[]): Promise<number> {
  const keys = mails.map(({ caseNumber, sequence }) => sql`(${caseNumber}, ${sequence})`);
  const { numAffectedRows } = await inTransaction(deps, (tx) =>
    sql`DELETE FROM case_mail WHERE (case_number, sequence) IN (${sql.join(keys)})`.execute(sqlOf(tx.em)),
  );
  return Number(numAffectedRows ?? 0);
}
