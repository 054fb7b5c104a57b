import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findOwnCompany } from './company.queries.ts';

/** The planned changes of a company and its services, the newest first, with what became of each. */
export async function listPartyChanges(deps: Deps, actor: Actor, companyCode: string) {
  const { id: companyId } = await findOwnCompany(deps, ownedBy(actor, 'companies:read'), companyCode);
  const rows = await sqlOf(emOf(deps))
    .selectFrom('party_change as p')
    .leftJoin('service as s', (join) => join.on('p.kind', '=', 'service').onRef('s.id', '=', 'p.partyId'))
    .select(['p.id', 'p.kind', 's.code as service', 'p.validFrom', 'p.fields', 'p.state'])
    .select(['p.createdBy', 'p.createdAt', 'p.decidedBy', 'p.decidedAt', 'p.refusal'])
    .where(({ eb, or, and }) =>
      or([
        and([eb('p.kind', '=', 'company'), eb('p.partyId', '=', companyId)]),
        eb('s.companyId', '=', companyId),
      ]),
    )
    .orderBy('p.id', 'desc')
    .execute();
  return rows;
}
