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
 * What is set for a tenure, in force and from tomorrow on, for the carrier's people, with the companies and services and the
 * issued IDs that it is about. @throws Problem `permission-denied`
 */
export async function getSafeguardsOfTenure(deps: Deps, actor: Actor, tenure: TenureKey) {
  authorize(actor, 'lines:read');
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const rows = await listTenureRows(deps, tenure);
  return {
    inForce: safeguardsOn(rows, businessDate),
    scheduled: scheduledAfter(rows, businessDate),
    companies: await findNames(
      deps,
      'company',
      rows.flatMap(({ companyId }) => companyId ?? []),
    ),
    services: await findNames(
      deps,
      'service',
      rows.flatMap(({ serviceId }) => serviceId ?? []),
    ),
    ids: await listActiveIds(deps, tenure),
  };
}

export type SafeguardsOfTenure = Awaited<ReturnType<typeof getSafeguardsOfTenure>>;

async function findNames(deps: Deps, of: 'company' | 'service', ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, never>();
  const rows = await sqlOf(emOf(deps))
    .selectFrom(of)
    .select(['id', 'code', 'name', 'nameEn'])
    .where('id', 'in', [...new Set(ids)])
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

export interface RuleTarget {
  readonly companyId: number;
  /** Null: all services of the company. */
  readonly serviceId: number | null;
}

/**
 * A company, or one of its services, by the codes that a caller or a page names. @throws Problem `permission-denied`, `company-not-found`,
 * `service-not-found`
 */
export async function getRuleTarget(
  deps: Deps,
  actor: Actor,
  { company, service }: { readonly company: string; readonly service?: string | undefined },
): Promise<RuleTarget> {
  authorize(actor, 'companies:read');
  const db = sqlOf(emOf(deps));
  const seller = await db.selectFrom('company').select('id').where('code', '=', company).executeTakeFirst();
  if (!seller) throw new Problem('company-not-found');
  if (service === undefined) return { companyId: seller.id, serviceId: null };
  const sold = await db
    .selectFrom('service')
    .select('id')
    .where('companyId', '=', seller.id)
    .where('code', '=', service)
    .executeTakeFirst();
  if (!sold) throw new Problem('service-not-found');
  return { companyId: seller.id, serviceId: sold.id };
}
