import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { CompanySchema, type Company } from './company.entity.ts';
import { ContractSchema, type Contract } from '../contracts/contract.entity.ts';
import { ServiceSchema, type Service } from './service.entity.ts';

/** The company of a code. @throws Problem `company-not-found` */
export async function getCompany(deps: Deps, code: string): Promise<Company> {
  const company = await emOf(deps).findOne(CompanySchema, { code });
  if (!company) throw new Problem('company-not-found', { detail: `There is no company ${code}.` });
  return company;
}

/** All companies by code; they are some hundreds. */
export function listCompanies(deps: Deps): Promise<Company[]> {
  return emOf(deps).findAll(CompanySchema, { orderBy: { code: 'asc' } });
}

/** The services of a company by code, the suspended ones too. */
export function listServices(deps: Deps, companyId: number): Promise<Service[]> {
  return emOf(deps).find(ServiceSchema, { companyId }, { orderBy: { code: 'asc' } });
}

/** Contracts of a company, the oldest first. */
export function listContracts(deps: Deps, companyId: number): Promise<Contract[]> {
  return emOf(deps).find(ContractSchema, { companyId }, { orderBy: { validFrom: 'asc' } });
}

/** API keys of a company, newest first, without the hashes of their secrets. */
export function listApiKeys(deps: Deps, companyId: number) {
  return sqlOf(emOf(deps))
    .selectFrom('api_key')
    .select(['id', 'label', 'scopes', 'createdAt', 'revokedAt'])
    .where('companyId', '=', companyId)
    .orderBy('id', 'desc')
    .execute();
}
