import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { Service } from '../companies/service.entity.ts';

interface ServicePage {
  readonly limit: number;
  /** Code of the last service of the previous page. */
  readonly after?: string | undefined;
}

/** A page of the actor's services in the order of their codes, the suspended ones too. */
export async function listOfferedServices(deps: Deps, actor: Actor, page: ServicePage): Promise<Service[]> {
  const { rows } = ownedBy(actor, 'services:read');
  const { limit, after } = page;
  const where = { ...companyOf(rows), ...(after === undefined ? {} : { code: { $gt: after } }) };
  return await emOf(deps).find(Service, where, { orderBy: { code: 'asc', id: 'asc' }, limit });
}

/** One of the actor's services by its code. @throws Problem `offered-service-not-found` also for another company's */
export async function getOfferedService(deps: Deps, actor: Actor, code: string): Promise<Service> {
  const { rows } = ownedBy(actor, 'services:read');
  const service = await emOf(deps).findOne(Service, { ...companyOf(rows), code });
  if (!service) throw new Problem('offered-service-not-found');
  return service;
}

function companyOf({ companyId }: { readonly companyId?: number }): { readonly companyId?: number } {
  return companyId === undefined ? {} : { companyId };
}
