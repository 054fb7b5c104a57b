import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { TenureKey } from './holder-mailbox.ts';
import { safeguardsOn, scheduledAfter } from './safeguard.rules.ts';
import { listTenureRows } from './tenure-safeguards.queries.ts';

/**
 * What is set for a tenure, in force and from tomorrow on, for the carrier's people, with the companies that are blocked and the
 * issued IDs that it is about. @throws Problem `permission-denied`
 */
export async function getSafeguardsOfTenure(deps: Deps, actor: Actor, tenure: TenureKey) {
  authorize(actor, 'lines:read');
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const rows = await listTenureRows(deps, tenure);
  return {
    inForce: safeguardsOn(rows, businessDate),
    scheduled: scheduledAfter(rows, businessDate),
    companies: await findCompanies(
      deps,
      rows.flatMap(({ companyId }) => companyId ?? []),
    ),
    ids: await listActiveIds(deps, tenure),
  };
}

export type SafeguardsOfTenure = Awaited<ReturnType<typeof getSafeguardsOfTenure>>;

async function findCompanies(deps: Deps, ids: readonly number[]) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['id', 'code', 'name', 'nameEn'])
    .where('id', 'in', ids.length > 0 ? [...new Set(ids)] : [0])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function listActiveIds(deps: Deps, { lineId, holderFrom }: TenureKey) {
  return await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'isHolder'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('state', '=', 'active')
    .orderBy('slot')
    .execute();
}

/** The company of a code, as a caller or a page names it. @throws Problem `permission-denied`, `company-not-found` */
export async function getCompanyToBlock(deps: Deps, actor: Actor, code: string): Promise<number> {
  authorize(actor, 'companies:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row) throw new Problem('company-not-found');
  return row.id;
}
