import type { listBankAccounts } from '../../../bank-accounts/bank-account.queries.ts';
import type { getCompany, getService, listContracts } from '../../../companies/company.queries.ts';
import type { listTariffs } from '../../../tariffs/tariff.queries.ts';

/** What the queries answer, as views take it. */
export type Company = Awaited<ReturnType<typeof getCompany>>;
export type Service = Awaited<ReturnType<typeof getService>>;
export type Contract = Awaited<ReturnType<typeof listContracts>>[number];
export type BankAccount = Awaited<ReturnType<typeof listBankAccounts>>[number];
export type Tariff = Awaited<ReturnType<typeof listTariffs>>[number];
