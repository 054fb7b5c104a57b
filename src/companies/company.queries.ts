import type { LockMode } from '@mikro-orm/mariadb';
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

/** A service of a company. @throws Problem `company-not-found`, `service-not-found` */
export async function getService(
  deps: Deps,
  actor: Actor,
  key: { readonly companyCode: string; readonly code: string },
): Promise<Service> {
  return await findOwnService(deps, ownedBy(actor, 'companies:read'), key);
}

interface ServiceKey {
  readonly companyCode: string;
  readonly code: string;
  readonly lockMode?: LockMode;
}

/** The service of a code, for use cases on it. @throws Problem `company-not-found`, `service-not-found` */
export async function findOwnService(
  deps: Deps,
  owned: Owned,
  { companyCode, code, ...lock }: ServiceKey,
): Promise<Service> {
  const { id: companyId } = await findOwnCompany(deps, owned, companyCode);
  const service = await emOf(deps).findOne(ServiceSchema, { companyId, code }, lock);
  if (!service) throw new Problem('service-not-found', { detail: `${companyCode} has no service ${code}.` });
  return service;
}

/** Contracts of a company, the oldest first. */
export async function listContracts(deps: Deps, actor: Actor, companyCode: string): Promise<Contract[]> {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'contracts:read'), companyCode);
  return await emOf(deps).find(ContractSchema, { companyId }, { orderBy: { validFrom: 'asc' } });
}

/**
 * API keys of a company, newest first, without the hashes of their secrets. `lastUsedAt` may be an hour behind while a key is in use,
 * and is null for one that was never used.
 */
export async function listApiKeys(deps: Deps, actor: Actor, companyCode: string) {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'api-keys:read'), companyCode);
  return await sqlOf(emOf(deps))
    .selectFrom('api_key')
    .leftJoin('api_key_use as u', 'u.apiKeyId', 'id')
    .select(['id', 'label', 'scopes', 'createdAt', 'u.lastUsedAt', 'revokedAt'])
    .select(['endsAt', 'successorId', 'allowedAddresses', 'requiresSignature'])
    .where('companyId', '=', companyId)
    .orderBy('id', 'desc')
    .execute();
}
