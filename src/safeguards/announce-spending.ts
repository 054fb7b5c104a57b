import { insertRows } from '../database/rows.ts';
import { queryRows, runStatement } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMails } from '../mails/queue-mail.ts';
import { periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';
import { findHolderMailboxes, tenureText, type TenureKey } from './holder-mailbox.ts';

/** An amount that a tenure's spending has reached in a billing period. */
export interface ReachedAmount extends TenureKey {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
  readonly amountMinor: bigint;
  readonly spentMinor: bigint;
}

/** Queues the mails of amounts that were reached, and records each: it is not sent again in that period, whatever is set later. */
export async function announceReached(
  tx: InTransaction<Deps>,
  reached: readonly ReachedAmount[],
): Promise<void> {
  if (reached.length === 0) return;
  const queuedAt = tx.clock.now();
  const sent = reached.map(({ lineId, holderFrom, period, amountMinor }) => {
    return { lineId, holderFrom, period, amountMinor, queuedAt };
  });
  const onlyOnce = 'ON DUPLICATE KEY UPDATE queued_at = spending_notice_sent.queued_at';
  await runStatement(tx.em, insertRows('spending_notice_sent', sent, onlyOnce));
  const mailboxes = await findHolderMailboxes(tx, reached);
  const mails = reached.flatMap((amount) => {
    const mailbox = mailboxes.get(tenureText(amount));
    return mailbox ? [{ ...mailbox, ...mailOf(tx, amount) }] : [];
  });
  await queueMails(tx, mails);
}

function mailOf({ config }: Deps, amount: ReachedAmount) {
  const { period, closingGroup, amountMinor, spentMinor } = amount;
  return {
    kind: 'limit-notice' as const,
    dedupeKey: `limit-notice:${tenureText(amount)}:${period}:${amountMinor}`,
    facts: {
      who: null,
      noticeMinor: amountMinor,
      spentMinor,
      limitMinor: null,
      until: periodRange(period, closingGroup).closesOn,
      url: `${config.publicOrigin}/my`,
    },
  };
}

interface Spending extends TenureKey {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
  /** Booked in the period, with the purchase that is just made. */
  readonly spentMinor: bigint;
}

/** Queues the mails of the amounts that a tenure's spending reaches with a purchase. Its tenure is locked. */
export async function announceSpending(tx: InTransaction<Deps>, spending: Spending): Promise<void> {
  const { lineId, holderFrom, period, spentMinor } = spending;
  const rows = await queryRows<{ amountMinor: number | string }>(
    tx.em,
    `SELECT n.amount_minor AS amountMinor FROM spending_notice n
     LEFT JOIN spending_notice_sent s ON s.line_id = n.line_id AND s.holder_from = n.holder_from
       AND s.period = ? AND s.amount_minor = n.amount_minor
     WHERE n.line_id = ? AND n.holder_from = ? AND n.amount_minor <= ? AND s.line_id IS NULL`,
    [period, lineId, holderFrom, spentMinor],
  );
  await announceReached(
    tx,
    rows.map((row) => ({ ...spending, amountMinor: BigInt(row.amountMinor) })),
  );
}
