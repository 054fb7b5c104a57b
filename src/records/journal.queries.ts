import { sql } from 'kysely';
import { memorandumAccounts } from '../../config/chart-of-accounts.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { EntryKind } from '../ledger/ledger-entry.entity.ts';

/** An account of the ledger; a company's payable account with the company. */
export interface JournalAccount {
  /** `company-payable` for those of companies. */
  readonly kind: string;
  readonly companyCode: string | null;
}

/** The entries of a day between two accounts of one kind, added up. */
export interface JournalSum {
  readonly businessDate: string;
  readonly kind: EntryKind;
  readonly debit: JournalAccount;
  readonly credit: JournalAccount;
  readonly amountMinor: bigint;
  readonly count: number;
}

interface Row {
  readonly entryKind: EntryKind;
  readonly debitKind: string;
  readonly debitCode: string | null;
  readonly creditKind: string;
  readonly creditCode: string | null;
  readonly amount: string;
  readonly entries: number | string;
}

/**
 * The ledger of a business date by pair of accounts and kind, in one statement over the date's part of the primary key. Memoranda are
 * left out: they are no books.
 */
export async function sumJournalDay(deps: Deps, businessDate: string): Promise<JournalSum[]> {
  const { rows } = await sql<Row>`
    SELECT e.kind AS entryKind, d.kind AS debitKind, dc.code AS debitCode, k.kind AS creditKind, kc.code AS creditCode,
      CAST(e.amount AS CHAR) AS amount, e.entries
    FROM (SELECT t.kind, t.debit_account, t.credit_account, SUM(t.amount_minor) AS amount, COUNT(*) AS entries
      FROM ledger_entry t WHERE t.business_date = ${businessDate} GROUP BY t.kind, t.debit_account, t.credit_account) e
    JOIN ledger_account d ON d.id = e.debit_account
    JOIN ledger_account k ON k.id = e.credit_account
    LEFT JOIN company dc ON dc.id = d.company_id
    LEFT JOIN company kc ON kc.id = k.company_id
    WHERE d.kind NOT IN (${sql.join(memorandumAccounts)}) AND k.kind NOT IN (${sql.join(memorandumAccounts)})
    ORDER BY d.id, k.id, e.kind`.execute(sqlOf(emOf(deps)));
  return rows.map((row) => ({
    businessDate,
    kind: row.entryKind,
    debit: { kind: row.debitKind, companyCode: row.debitCode },
    credit: { kind: row.creditKind, companyCode: row.creditCode },
    amountMinor: BigInt(row.amount),
    count: Number(row.entries),
  }));
}
