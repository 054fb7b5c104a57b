import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { approvedOf } from './approved-of-company.queries.ts';
import { listServiceLines } from './settlement-details.queries.ts';
import { findTerms } from './settlement-terms.queries.ts';

/** Three years. */
const MAX_MONTHS = 36;

function selectOwn(deps: Deps, companyId: number) {
  return approvedOf(deps, companyId)
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('tariff as t', (join) =>
      join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
    )
    .selectAll('s')
    .select(['c.code as company', 't.definition', 't.name as tariff', 't.nameEn as tariffEn']);
}

/**
 * The settlements of the actor's own company that are approved, newest first, of three years at most: what the night has drafted may
 * still change. @throws Problem `permission-denied`
 */
export async function listOwnSettlements(deps: Deps, actor: Actor) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  return await selectOwn(deps, companyId).orderBy('s.billingPeriod', 'desc').limit(MAX_MONTHS).execute();
}

export type OwnSettlement = Awaited<ReturnType<typeof listOwnSettlements>>[number];

/** One of them with its services, and the one before. @throws Problem `permission-denied`, `settlement-not-found` */
export async function getOwnSettlement(deps: Deps, actor: Actor, number: string) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const settlement = await selectOwn(deps, companyId).where('s.number', '=', number).executeTakeFirst();
  if (!settlement) throw new Problem('settlement-not-found', { detail: `There is no settlement ${number}.` });
  const before = await selectOwn(deps, companyId)
    .where('s.billingPeriod', '<', settlement.billingPeriod)
    .orderBy('s.billingPeriod', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { settlement, before, lines: await listServiceLines(deps, settlement.id) };
}

export type OwnSettlementDetails = Awaited<ReturnType<typeof getOwnSettlement>>;

/** What each service was billed in the newest approved settlements, with its lines. @throws Problem `permission-denied` */
export async function listOwnServiceMonths(deps: Deps, actor: Actor, months: number) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const settlements = await selectOwn(deps, companyId)
    .orderBy('s.billingPeriod', 'desc')
    .limit(months)
    .execute();
  const found = [];
  for (const settlement of settlements)
    found.push({ settlement, lines: await listServiceLines(deps, settlement.id) });
  return found;
}

/** The tariff by which the actor's own company is settled this month; undefined without a contract. @throws Problem `permission-denied` */
export async function findOwnTariff(deps: Deps, actor: Actor) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
  const terms = (await findTerms(deps, month, [companyId])).get(companyId);
  return terms?.tariff;
}
