import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';

/** The turnover of an account, in minor units. */
export interface AccountBalance {
  readonly code: string;
  readonly kind: string;
  /** The company a payable account belongs to; null for the carrier's own accounts. */
  readonly companyId: number | null;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  /** Credits less debits: positive is what the carrier owes, negative what the account owes the carrier. */
  readonly balanceMinor: bigint;
}

interface BalanceRow {
  readonly code: string;
  readonly kind: string;
  readonly companyId: number | null;
  readonly debit: string;
  readonly credit: string;
}

/** The balance of every account: the sum of all entries through a business date, or of all entries without one. */
export async function listBalances(
  deps: Deps,
  { through }: { through?: string } = {},
): Promise<AccountBalance[]> {
  const upTo = through === undefined ? sql`` : sql`WHERE business_date <= ${through}`;
  const { rows } = await sql<BalanceRow>`
    SELECT a.code, a.kind, a.company_id AS companyId,
      CAST(COALESCE(SUM(m.debit), 0) AS CHAR) AS debit, CAST(COALESCE(SUM(m.credit), 0) AS CHAR) AS credit
    FROM ledger_account a
    LEFT JOIN (
      SELECT debit_account AS account, SUM(amount_minor) AS debit, 0 AS credit FROM ledger_entry ${upTo} GROUP BY debit_account
      UNION ALL
      SELECT credit_account, 0, SUM(amount_minor) FROM ledger_entry ${upTo} GROUP BY credit_account
    ) AS m ON m.account = a.id
    GROUP BY a.id, a.code, a.kind, a.company_id ORDER BY a.id`.execute(sqlOf(emOf(deps)));
  return rows.map(({ debit, credit, ...account }) => {
    const [debitMinor, creditMinor] = [BigInt(debit), BigInt(credit)];
    return { ...account, debitMinor, creditMinor, balanceMinor: creditMinor - debitMinor };
  });
}
