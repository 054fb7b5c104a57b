import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenurePage } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';
import { endOfBusinessDate, startOfBusinessDate } from '../shared/business-date.rules.ts';

export type CaseOfTenure = Awaited<ReturnType<typeof listCasesOfTenure>>[number];

/** The cases of a tenure, the newest first. For the carrier's people. @throws Problem `permission-denied` */
export async function listCasesOfTenure(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom, from, to, limit, after }: TenurePage,
) {
  ownedBy(actor, 'cases:read');
  if (actor.kind !== 'staff') throw new Problem('permission-denied');
  const { timeZone } = deps.config;
  return await sqlOf(emOf(deps))
    .selectFrom('support_case as c')
    .leftJoin('company as co', 'co.id', 'c.companyId')
    .select(['c.number', 'c.kind', 'c.state', 'c.outcome', 'c.openedAt', 'c.closedAt', 'c.assignedTo'])
    .select(['co.name as company', 'co.nameEn as companyEn'])
    .where('c.lineId', '=', lineId)
    .where('c.holderFrom', '=', holderFrom)
    .$if(from !== undefined, (query) => query.where('c.openedAt', '>=', startOfBusinessDate(from!, timeZone)))
    .$if(to !== undefined, (query) => query.where('c.openedAt', '<', endOfBusinessDate(to!, timeZone)))
    .$if(after !== undefined, (query) => query.where('c.number', '<', after!))
    .orderBy('c.number', 'desc')
    .limit(limit)
    .execute();
}
