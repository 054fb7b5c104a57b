import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** The company of the actor, as its own people read it; never an account number or an address of a buyer. @throws Problem `permission-denied` */
export async function getOwnCompany(deps: Deps, actor: Actor) {
  const id = actingCompany(actor, 'company-desk:read');
  return await sqlOf(emOf(deps))
    .selectFrom('company')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** The services of the actor's company by code, the suspended ones too. @throws Problem `permission-denied` */
export async function listOwnServices(deps: Deps, actor: Actor) {
  const companyId = actingCompany(actor, 'company-desk:read');
  return await sqlOf(emOf(deps))
    .selectFrom('service')
    .select(['id', 'code', 'name', 'nameEn', 'state'])
    .where('companyId', '=', companyId)
    .orderBy('code')
    .execute();
}

export type OwnService = Awaited<ReturnType<typeof listOwnServices>>[number];
