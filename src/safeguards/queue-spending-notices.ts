import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { announceReached } from './announce-spending.ts';

const CHUNK = 500;

/** The last amount that was looked at. */
interface Cursor {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly amountMinor: number | string;
}

const START: Cursor = { lineId: '', holderFrom: '1000-01-01', amountMinor: 0 };

/**
 * Queues the mails of amounts that spending has reached in the open billing periods, however it was bought: uses and months queue
 * nothing when they are charged. Reads the tenures that chose amounts, in the order of their keys, each with its periods by
 * their key. What was sent is recorded with the mail, so that a run that is repeated finds nothing.
 */
export async function queueSpendingNotices(run: RunHandle): Promise<number> {
  let queued = 0;
  for (let after: Cursor | undefined = START; after;) {
    const cursor: Cursor = after;
    const { done, last } = await run.inChunk((tx) => queueChunk(tx, cursor, run.chunkSize ?? CHUNK));
    run.announce(done);
    queued += done;
    after = last;
  }
  return queued;
}

async function queueChunk(
  tx: InTransaction<Deps>,
  { lineId, holderFrom, amountMinor }: Cursor,
  limit: number,
) {
  const wanted = await queryRows<Cursor>(
    tx.em,
    `SELECT line_id AS lineId, holder_from AS holderFrom, amount_minor AS amountMinor FROM spending_notice
     WHERE (line_id, holder_from, amount_minor) > (?, ?, ?) AND line_id >= ?
     ORDER BY line_id, holder_from, amount_minor LIMIT ?`,
    [lineId, holderFrom, amountMinor, lineId, limit],
  );
  const reached = wanted.length === 0 ? [] : await findReached(tx, wanted);
  await announceReached(tx, reached);
  return { done: reached.length, last: wanted.length < limit ? undefined : wanted.at(-1) };
}

interface ReachedRow extends Cursor {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
  readonly spentMinor: number | string;
}

async function findReached(tx: InTransaction<Deps>, wanted: readonly Cursor[]) {
  const rows = await queryRows<ReachedRow>(
    tx.em,
    `SELECT STRAIGHT_JOIN n.line_id AS lineId, n.holder_from AS holderFrom, n.amount_minor AS amountMinor,
       p.period, p.closing_group AS closingGroup, p.spent_minor AS spentMinor
     FROM spending_notice n
     JOIN line_period p ON p.line_id = n.line_id AND p.holder_from = n.holder_from AND p.spent_minor >= n.amount_minor
     JOIN billing_period b ON b.period = p.period AND b.closing_group = p.closing_group AND b.state = 'open'
     LEFT JOIN spending_notice_sent s ON s.line_id = n.line_id AND s.holder_from = n.holder_from
       AND s.period = p.period AND s.amount_minor = n.amount_minor
     WHERE (n.line_id, n.holder_from, n.amount_minor) IN (?) AND s.line_id IS NULL`,
    [wanted.map(({ lineId, holderFrom, amountMinor }) => [lineId, holderFrom, amountMinor])],
  );
  return rows.map((row) => ({
    ...row,
    amountMinor: BigInt(row.amountMinor),
    spentMinor: BigInt(row.spentMinor),
  }));
}
