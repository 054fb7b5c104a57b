import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { CompanySchema, type Company } from './company.entity.ts';
import { ContractSchema, type Contract } from '../contracts/contract.entity.ts';
import { ServiceSchema, type Service } from './service.entity.ts';

/** The company of a code. @throws Problem `company-not-found` */
export async function getCompany(deps: Deps, actor: Actor, code: string): Promise<Company> {
  return await findOwnCompany(deps, ownedBy(actor, 'companies:read'), code);
}

/** The company of a code, for use cases on what belongs to it. @throws Problem `company-not-found` */
export async function findOwnCompany(deps: Deps, owned: Owned, code: string): Promise<Company> {
  const company = await emOf(deps).findOne(CompanySchema, { ...owned.companies, code });
  if (!company) throw new Problem('company-not-found', { detail: `There is no company ${code}.` });
  return company;
}

/** All companies by code; they are some hundreds. */
export async function listCompanies(deps: Deps, actor: Actor): Promise<Company[]> {
  const { companies } = ownedBy(actor, 'companies:read');
  return await emOf(deps).find(CompanySchema, companies, { orderBy: { code: 'asc' } });
}

/** The services of a company by code, the suspended ones too. */
export async function listServices(deps: Deps, actor: Actor, companyCode: string): Promise<Service[]> {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'companies:read'), companyCode);
  return await emOf(deps).find(ServiceSchema, { companyId }, { orderBy: { code: 'asc' } });
}

/** Contracts of a company, the oldest first. */
export async function listContracts(deps: Deps, actor: Actor, companyCode: string): Promise<Contract[]> {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'contracts:read'), companyCode);
  return await emOf(deps).find(ContractSchema, { companyId }, { orderBy: { validFrom: 'asc' } });
}

/** API keys of a company, newest first, without the hashes of their secrets. */
export async function listApiKeys(deps: Deps, actor: Actor, companyCode: string) {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'api-keys:read'), companyCode);
  return await sqlOf(emOf(deps))
    .selectFrom('api_key')
    .select(['id', 'label', 'scopes', 'createdAt', 'revokedAt'])
    .where('companyId', '=', companyId)
    .orderBy('id', 'desc')
    .execute();
}
