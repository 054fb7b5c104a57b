import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Orm } from '../database/orm.ts';
import { queryRows, runStatement } from '../database/statement-pipeline.ts';
import type { Statement } from '../database/statement.ts';
import { insertRows } from '../database/rows.ts';
import type { CarrierAccount } from './accounts.ts';
import type { LedgerEntry } from './ledger-entry.entity.ts';

/** One of the carrier's accounts, or what the carrier owes a company (by the company's row id). */
export type AccountName = CarrierAccount | { readonly company: number };

/** One amount moved between two accounts. Entries of one event share its journal id and differ in kind. */
export interface NewEntry {
  readonly businessDate: string;
  readonly journalId: string;
  readonly kind: LedgerEntry['kind'];
  readonly debit: AccountName;
  readonly credit: AccountName;
  readonly amountMinor: bigint;
  readonly billingPeriod: string | null;
}

/**
 * Appends entries to the ledger in the transaction of the event they record. An entry debits and credits
 * the same amount in one row, so no journal can be out of balance; posting the same event twice is
 * refused by the table's key.
 */
export async function postEntries(tx: InTransaction<Deps>, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length > 0) await runStatement(tx.em, await preparePosting(tx, entries));
}

/** Like `postEntries`, as a statement to run with others. Reads only accounts that this process has not read before. */
export async function preparePosting(
  tx: InTransaction<Deps>,
  entries: readonly NewEntry[],
): Promise<Statement<void>> {
  const accounts = await findAccounts(tx, entries);
  const rows = entries.map(({ debit, credit, ...entry }) => ({
    ...entry,
    debitAccount: accountId(accounts, debit),
    creditAccount: accountId(accounts, credit),
  }));
  return insertRows('ledger_entry', rows);
}

const keyOf = (name: AccountName) => (typeof name === 'string' ? name : `company:${name.company}`);

function accountId(accounts: ReadonlyMap<string, number>, name: AccountName): number {
  const id = accounts.get(keyOf(name));
  if (id === undefined) throw new Error(`no ledger account ${keyOf(name)}`);
  return id;
}

/** Account ids never change, so each is looked up once per process and database. */
const known = new WeakMap<Orm, Map<string, number>>();

async function findAccounts(tx: InTransaction<Deps>, entries: readonly NewEntry[]) {
  const accounts = known.get(tx.orm) ?? new Map<string, number>();
  known.set(tx.orm, accounts);
  const complete = entries.every((e) => accounts.has(keyOf(e.debit)) && accounts.has(keyOf(e.credit)));
  if (complete) return accounts;
  const rows = await queryRows<{ id: number; kind: string; companyId: number | null }>(
    tx.em,
    'SELECT id, kind, company_id AS companyId FROM ledger_account',
    [],
  );
  for (const row of rows)
    accounts.set(row.companyId === null ? row.kind : `company:${row.companyId}`, row.id);
  return accounts;
}
