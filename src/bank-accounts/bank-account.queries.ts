import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { can } from '../access/can.rules.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { maskAccount, maskStoredIban } from '../shared/mask-account.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { BankAccount } from './bank-account.entity.ts';
import { ownTermsOf, type EnteredAccount } from './bank-account.rules.ts';

/** All accounts a company has had, the current one first; numbers are masked for who may not read them (`bank-accounts:read`). */
export async function listBankAccounts(
  deps: Deps,
  actor: Actor,
  companyCode: string,
): Promise<BankAccount[]> {
  const { id } = ownedBy(actor, 'contracts:read').companies;
  const accounts = await sqlOf(emOf(deps))
    .selectFrom('bank_account')
    .innerJoin('company', 'company.id', 'bank_account.companyId')
    .selectAll('bank_account')
    .where('company.code', '=', companyCode)
    .$if(id !== undefined, (query) => query.where('company.id', '=', id!))
    .orderBy('version', 'desc')
    .execute();
  if (can(actor, 'bank-accounts:read')) return accounts;
  return accounts.map((account) => ({
    ...account,
    accountNumber: maskAccount(account.accountNumber),
    iban: maskStoredIban(account.iban),
  }));
}

export interface CompanyAccount {
  readonly companyId: number;
  /** The account to which the company is paid; undefined for a company without one. */
  readonly current: (EnteredAccount & Pick<BankAccount, 'version'>) | undefined;
  /** Null for an account that one person entered. */
  readonly approvalId: string | null;
}

/**
 * Locks a company and reads its account, so that changes of it happen one after another.
 * @throws Problem `company-not-found`
 */
export async function lockBankAccount(tx: InTransaction<Deps>, companyCode: string): Promise<CompanyAccount> {
  const company = await sqlOf(tx.em)
    .selectFrom('company')
    .select('id')
    .where('code', '=', companyCode)
    .forUpdate()
    .executeTakeFirst();
  if (!company) throw new Problem('company-not-found', { detail: `There is no company ${companyCode}.` });
  // A locking read sees what was committed while this transaction waited for the company.
  const row = await sqlOf(tx.em)
    .selectFrom('bank_account')
    .selectAll()
    .where('companyId', '=', company.id)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return { companyId: company.id, current: undefined, approvalId: null };
  const { approvalId, version } = row;
  return { companyId: company.id, current: { ...ownTermsOf(row), version }, approvalId };
}
