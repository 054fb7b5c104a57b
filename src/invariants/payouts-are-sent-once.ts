import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { composePayoutFile, payoutFilePath, payoutsDir } from '../payouts/payout-file.ts';
import { readPayoutRun } from '../payouts/payout-run.queries.ts';
import { hashFile } from '../shared/durable-file.ts';
import type { Invariant, OffendingRow, Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN, sqlRule } from './sql-rule.ts';

const SENT = sql`('sent', 'settled', 'returned')`;

const runIsItsPayouts = sqlRule('a sent payout run has the payouts and the total that it was sent with', {
  checks: sql`payout_run WHERE state = 'sent'`,
  broken: sql`
    SELECT r.number, r.payout_count, COUNT(p.id) AS payouts, r.total_minor, COALESCE(SUM(p.amount_minor), 0) AS payouts_minor
    FROM payout_run r LEFT JOIN payout p ON p.run_id = r.id AND p.state IN ${SENT}
    WHERE r.state = 'sent' GROUP BY r.id HAVING r.payout_count <> payouts OR r.total_minor <> payouts_minor`,
});

const sentInRun = sqlRule('a payout is sent with its run, and not otherwise', {
  checks: sql`payout`,
  broken: sql`
    SELECT r.number, p.line_number, p.state, r.state AS run_state FROM payout p LEFT JOIN payout_run r ON r.id = p.run_id
    WHERE NOT COALESCE((p.state IN ${SENT}) = (r.state = 'sent'), FALSE) OR p.pay_on <> r.pay_on`,
});

const runIsApproved = sqlRule('a sent payout run has an executed approval of two people', {
  checks: sql`payout_run WHERE state IN ('approved', 'sent')`,
  broken: sql`
    SELECT r.number, r.approval_id, a.state, a.subject FROM payout_run r LEFT JOIN approval a ON a.id = r.approval_id
    WHERE r.state IN ('approved', 'sent') AND NOT COALESCE(a.state = 'executed' AND a.kind = 'payout-run.approve'
      AND a.subject = CONCAT('payout-run:', r.number), FALSE)`,
});

const settlementIsPaidOnce = sqlRule(
  'a settlement has one payout that may reach its company, of its whole amount',
  {
    checks: sql`settlement WHERE payout_minor > 0`,
    broken: sql`
    SELECT s.number, s.state, s.payout_minor, COUNT(*) AS payouts, SUM(p.state IN ('planned', 'sent', 'settled')) AS live,
      MAX(p.amount_minor) AS amount_minor
    FROM settlement s JOIN payout p ON p.settlement_id = s.id GROUP BY s.id
    HAVING live > 1 OR MIN(p.amount_minor) <> s.payout_minor OR amount_minor <> s.payout_minor OR MIN(p.company_id = s.company_id) = 0`,
  },
);

const paidIsSettled = sqlRule('a settlement is paid when the bank has settled its payout', {
  checks: sql`settlement WHERE state = 'paid'`,
  broken: sql`
    SELECT s.number, s.state, SUM(p.state <=> 'settled') AS settled FROM settlement s LEFT JOIN payout p ON p.settlement_id = s.id
    GROUP BY s.id HAVING (s.state = 'paid') <> (settled > 0)`,
});

const refundIsPaidOnce = sqlRule(
  'a refund by bank has one payout that may reach its holder, of what is payable',
  {
    checks: sql`bank_refund WHERE payable_minor + late_minor > 0`,
    broken: sql`
    SELECT b.refund_id, b.state, b.part, b.payable_minor + b.late_minor - b.paid_minor AS payable_minor, SUM(p.state IN ('planned', 'sent', 'settled')) AS live,
      SUM(p.state = 'settled') AS settled, MAX(p.amount_minor) AS amount_minor
    FROM bank_refund b JOIN payout p ON p.refund_id = b.refund_id AND p.part = b.part GROUP BY b.refund_id
    HAVING live > 1 OR amount_minor <> payable_minor OR MIN(p.amount_minor) <> payable_minor OR (b.state = 'paid') <> (settled > 0)`,
  },
);

const paidBeforeIsSettled = sqlRule(
  'what was paid of a refund before it was reopened is what the bank has settled',
  {
    checks: sql`bank_refund WHERE paid_minor > 0`,
    broken: sql`
    SELECT b.refund_id, b.part, b.paid_minor, SUM(p.amount_minor) AS settled_minor, MAX(p.part) AS last_part FROM bank_refund b
    LEFT JOIN payout p ON p.refund_id = b.refund_id AND p.part < b.part AND p.state = 'settled'
    GROUP BY b.refund_id HAVING b.paid_minor <> COALESCE(settled_minor, 0) OR b.part <> COALESCE(last_part, 0) + 1`,
  },
);

const sentIsPosted = sqlRule('payouts that were sent and returned are those the ledger was given', {
  checks: sql`payout WHERE state IN ${SENT}`,
  broken: sql`
    SELECT u.payout_id, u.kind, SUM(u.payout) AS payout_minor, SUM(u.posted) AS posted_minor FROM (
      SELECT id AS payout_id, 'payout-sent' AS kind, amount_minor AS payout, 0 AS posted FROM payout WHERE state IN ${SENT}
      UNION ALL SELECT id, 'payout-returned', amount_minor, 0 FROM payout WHERE state = 'returned'
      UNION ALL SELECT journal_id, kind, 0, amount_minor FROM ledger_entry WHERE kind IN ('payout-sent', 'payout-returned')
    ) AS u GROUP BY u.payout_id, u.kind HAVING payout_minor <> posted_minor`,
});

/** The same rows give the same bytes: nothing of what was ordered has changed. */
const filesAreUnchanged: Rule = {
  sentence: 'the files of sent payout runs are there, as they were sent, and their rows give the same bytes',
  async find(snapshot, { filesAreHere }) {
    const { filesDir } = snapshot.config;
    const areRead = filesAreHere === true || existsSync(payoutsDir(filesDir));
    const runs = await sqlOf(snapshot.em)
      .selectFrom('payout_run')
      .select(['number', 'checksum'])
      .where('state', '=', 'sent')
      .orderBy('number')
      .execute();
    const offending: OffendingRow[] = [];
    for (const { number, checksum } of runs) {
      const rows = hashRows(await readPayoutRun(snapshot, number));
      const path = payoutFilePath(snapshot.config, { number });
      const file = areRead ? (existsSync(path) ? await hashFile(path) : 'missing') : checksum;
      if (rows !== checksum || file !== checksum) {
        const writtenAgainBy = `npm run admin -- payout write-file --run ${number}`;
        offending.push({ number, checksum, rows, path, file, writtenAgainBy });
      }
    }
    return { checked: runs.length, count: offending.length, offending: offending.slice(0, OFFENDING_SHOWN) };
  },
};

function hashRows(run: Parameters<typeof composePayoutFile>[0]): string {
  try {
    return composePayoutFile(run).checksum;
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}

export const payoutsAreSentOnce: Invariant = {
  number: 10,
  name: 'A payout is sent once, and a payout file is the sum of the payouts it names',
  rules: [
    runIsItsPayouts,
    sentInRun,
    runIsApproved,
    settlementIsPaidOnce,
    paidIsSettled,
    refundIsPaidOnce,
    paidBeforeIsSettled,
    sentIsPosted,
    filesAreUnchanged,
  ],
};
