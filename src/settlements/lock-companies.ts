import type { Deps } from '../deps.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';

/** What can prevent companies from being settled for a period. */
export interface CompanyStates {
  /** Settled for the period already. */
  readonly settled: ReadonlySet<number>;
  /** Whose settlement of the period was rejected, to be drafted again. */
  readonly rejected: ReadonlyMap<number, RejectedSettlement>;
  /** Whose settlement of an earlier period is not approved: months are settled one after another. */
  readonly waiting: ReadonlySet<number>;
  /** Settled for a later period: their balance was carried there. */
  readonly settledLater: ReadonlySet<number>;
  /** Companies with an account in the ledger. */
  readonly withAccount: ReadonlySet<number>;
  /** Companies with a bank account. */
  readonly withBankAccount: ReadonlySet<number>;
}

export interface RejectedSettlement {
  readonly id: string;
  readonly revision: number;
}

/** Locks the rows of the companies in the order of their keys: two processes that settle at once take turns. */
export async function lockCompanies(
  tx: InTransaction<Deps>,
  period: string,
  companyIds: readonly number[],
): Promise<CompanyStates> {
  await sqlOf(tx.em)
    .selectFrom('company')
    .select('id')
    .where('id', 'in', companyIds)
    .orderBy('id')
    .forUpdate()
    .execute();
  return await findCompanyStates(tx, period, companyIds);
}

/** What could prevent companies from being settled, as it is now; without a lock. */
export async function findCompanyStates(
  deps: Deps,
  period: string,
  companyIds: readonly number[],
): Promise<CompanyStates> {
  const sql = sqlOf(emOf(deps));
  const accounts = await sql
    .selectFrom('ledger_account')
    .select('companyId')
    .where('companyId', 'in', companyIds)
    .execute();
  const bankAccounts = await sql
    .selectFrom('bank_account')
    .select('companyId')
    .where('companyId', 'in', companyIds)
    .execute();
  const settlements = await sql
    .selectFrom('settlement')
    .select(['id', 'companyId', 'billingPeriod', 'state', 'revision'])
    .where('companyId', 'in', companyIds)
    .where(({ eb, or }) => or([eb('billingPeriod', '>=', period), eb('state', 'in', ['draft', 'rejected'])]))
    .execute();
  const ofPeriod = settlements.filter((row) => row.billingPeriod === period);
  const of = (rows: typeof settlements) => new Set(rows.map((row) => row.companyId));
  return {
    settled: of(ofPeriod.filter(({ state }) => state !== 'rejected')),
    rejected: new Map(
      ofPeriod.filter(({ state }) => state === 'rejected').map((row) => [row.companyId, row]),
    ),
    waiting: of(settlements.filter((row) => row.billingPeriod < period)),
    settledLater: of(settlements.filter((row) => row.billingPeriod > period)),
    withAccount: new Set(accounts.flatMap((account) => account.companyId ?? [])),
    withBankAccount: new Set(bankAccounts.map(({ companyId }) => companyId)),
  };
}
