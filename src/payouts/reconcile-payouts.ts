import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { payoutFilePath, readFileTotals } from './payout-file.ts';

/** A run that was sent on the day: its payouts, what the ledger was given, and what its file orders. All amounts are minor units. */
export interface ReconciledRun {
  readonly number: string;
  readonly payOn: string;
  readonly payoutsMinor: bigint;
  readonly ledgerMinor: bigint;
  /** Null for a file that is missing or is no payout file. */
  readonly fileMinor: bigint | null;
  /** Whether the file has the very bytes that were sent: one that orders the same sum to others has not. */
  readonly isFileSent: boolean;
  readonly agrees: boolean;
}

/** An account's balance in the ledger, beside what the settlements and payouts come to. */
export interface ReconciledAccount {
  readonly account: 'payout-clearing' | 'bank';
  readonly ledgerMinor: bigint;
  readonly expectedMinor: bigint;
  readonly agrees: boolean;
}

export interface Reconciliation {
  readonly date: string;
  readonly runs: readonly ReconciledRun[];
  readonly accounts: readonly ReconciledAccount[];
  readonly agrees: boolean;
}

/**
 * Compares a day of payouts: each run that was sent on it with the ledger and with its file, whose bytes have to be those that were sent, and at its end what waits for the bank
 * and what the bank was ordered to pay with the settlements and payouts.
 * @throws Problem `permission-denied`
 */
export async function reconcilePayouts(
  deps: Deps,
  actor: Actor,
  { date }: { readonly date: string },
): Promise<Reconciliation> {
  authorize(actor, 'payouts:read');
  const runs: ReconciledRun[] = [];
  for (const { checksum, ...run } of await readRuns(deps, date)) {
    const path = payoutFilePath(deps.config, run);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    const fileMinor = readFileTotals(bytes, deps.config.currency)?.totalMinor ?? null;
    const isFileSent = createHash('sha256').update(bytes).digest('hex') === checksum;
    const agrees = isFileSent && run.payoutsMinor === run.ledgerMinor && run.payoutsMinor === fileMinor;
    runs.push({ ...run, fileMinor, isFileSent, agrees });
  }
  const accounts = await readAccounts(deps, date);
  const agrees = [...runs, ...accounts].every((part) => part.agrees);
  return { date, runs, accounts, agrees };
}

interface RunSums {
  readonly number: string;
  readonly payOn: string;
  readonly checksum: string | null;
  readonly payouts: string;
  readonly ledger: string;
}

async function readRuns(deps: Deps, date: string) {
  const { rows } = await sql<RunSums>`
    SELECT r.number, r.pay_on AS payOn, r.checksum, CAST(SUM(p.amount_minor) AS CHAR) AS payouts,
      CAST(COALESCE(SUM(e.amount_minor), 0) AS CHAR) AS ledger
    FROM payout_run r JOIN payout p ON p.run_id = r.id
    LEFT JOIN ledger_entry e ON e.business_date = r.sent_on AND e.journal_id = p.id AND e.kind = 'payout-sent'
    WHERE r.sent_on = ${date} GROUP BY r.id ORDER BY r.number`.execute(sqlOf(emOf(deps)));
  return rows.map(({ payouts, ledger, ...run }) => ({
    ...run,
    payoutsMinor: BigInt(payouts),
    ledgerMinor: BigInt(ledger),
  }));
}

async function readAccounts(deps: Deps, date: string): Promise<ReconciledAccount[]> {
  const query = sqlOf(emOf(deps));
  const { rows: expected } = await sql<{ settled: string; sent: string; refunded: string; returned: string }>`
    SELECT
      (SELECT CAST(COALESCE(SUM(s.payout_minor), 0) AS CHAR) FROM settlement s WHERE EXISTS (SELECT 1 FROM ledger_entry e
        WHERE e.journal_id = s.id AND e.kind = 'payout' AND e.business_date >= s.settled_on AND e.business_date <= ${date})) AS settled,
      (SELECT CAST(COALESCE(SUM(p.amount_minor), 0) AS CHAR) FROM payout p JOIN payout_run r ON r.id = p.run_id
        WHERE r.sent_on <= ${date}) AS sent,
      (SELECT CAST(COALESCE(SUM(p.amount_minor), 0) AS CHAR) FROM payout p JOIN payout_run r ON r.id = p.run_id
        WHERE r.sent_on <= ${date} AND p.kind = 'refund' AND p.replaces_id IS NULL) AS refunded,
      (SELECT CAST(COALESCE(SUM(p.amount_minor), 0) AS CHAR) FROM payout p JOIN payout_run r ON r.id = p.run_id
        WHERE p.state = 'returned' AND EXISTS (SELECT 1 FROM ledger_entry e WHERE e.journal_id = p.id
          AND e.kind = 'payout-returned' AND e.business_date >= r.sent_on AND e.business_date <= ${date})) AS returned`.execute(
    query,
  );
  const { rows: balances } = await sql<{ kind: ReconciledAccount['account']; balance: string }>`
    SELECT a.kind, CAST(COALESCE(SUM(IF(e.credit_account = a.id, e.amount_minor, -e.amount_minor)), 0) AS CHAR) AS balance
    FROM ledger_account a LEFT JOIN ledger_entry e
      ON (e.credit_account = a.id OR e.debit_account = a.id) AND e.business_date <= ${date}
    WHERE a.kind IN ('payout-clearing', 'bank') GROUP BY a.id, a.kind ORDER BY a.id`.execute(query);
  const [sums] = expected;
  const [settled, sent] = [BigInt(sums?.settled ?? 0), BigInt(sums?.sent ?? 0)];
  const [refunded, returned] = [BigInt(sums?.refunded ?? 0), BigInt(sums?.returned ?? 0)];
  const expectedOf = { 'payout-clearing': settled + refunded - sent + returned, bank: sent - returned };
  return balances.map(({ kind: account, balance }) => {
    const [ledgerMinor, expectedMinor] = [BigInt(balance), expectedOf[account]];
    return { account, ledgerMinor, expectedMinor, agrees: ledgerMinor === expectedMinor };
  });
}
