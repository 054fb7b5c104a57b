import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findOwnCompany } from './company.queries.ts';

const LISTED = 50;

/**
 * How documents have named a company, the newest day first, at most 50: of versions of one day the later one holds.
 * @throws Problem `permission-denied`, `company-not-found`
 */
export async function listPartyVersions(deps: Deps, actor: Actor, companyCode: string) {
  const { id } = await findOwnCompany(deps, ownedBy(actor, 'companies:read'), companyCode);
  return await sqlOf(emOf(deps))
    .selectFrom('party_version as v')
    .select(['v.validFrom', 'v.name', 'v.nameEn', 'v.address'])
    .select(['v.registrationNumber', 'v.registeredFrom', 'v.registeredTo', 'v.createdAt'])
    .where('v.kind', '=', 'company')
    .where('v.partyId', '=', id)
    .orderBy('v.validFrom', 'desc')
    .orderBy('v.recordVersion', 'desc')
    .limit(LISTED)
    .execute();
}
