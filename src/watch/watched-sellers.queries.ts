import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findSameAmounts, listCaseFigures, listSalesFigures } from './watch-figures.queries.ts';
import { watchSpan, type WatchDays, type WatchSpan } from './watch-span.rules.ts';
import {
  applyRules,
  MANY_CHARGES,
  NOTHING_SOLD,
  sumFigures,
  type WatchFigures,
  type WatchFinding,
} from './watch.rules.ts';

/** Services of which it is counted to how many lines the same amount goes. */
const MAX_LOOKED_THROUGH = 50;

/** A name of a company or a service. */
export interface WatchedName {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly state: 'active' | 'suspended';
}

/** A service, or a company as a whole, with its figures and what the rules say of them. */
export interface WatchedSeller {
  readonly company: WatchedName;
  /** Null: all services of the company together. */
  readonly service: WatchedName | null;
  readonly figures: WatchFigures;
  readonly findings: readonly WatchFinding[];
}

export interface WatchReport {
  readonly span: WatchSpan;
  /** Companies and their services: each company as a whole first, those with the most findings before the others. */
  readonly sellers: readonly WatchedSeller[];
}

/** Companies and services that a rule flags. @throws Problem `permission-denied` */
export async function listFlaggedSellers(
  deps: Deps,
  actor: Actor,
  { days }: { readonly days: WatchDays },
): Promise<WatchReport> {
  authorize(actor, 'watch:read');
  const { span, sellers } = await readReport(deps, days);
  const flagged = sellers.filter(({ findings }) => findings.some(({ isFlagged }) => isFlagged));
  return { span, sellers: flagged.toSorted((a, b) => weight(b) - weight(a)) };
}

/** Companies with complaints, the most complained of in proportion to what they sold first. @throws Problem `permission-denied` */
export async function listComplaints(
  deps: Deps,
  actor: Actor,
  { days }: { readonly days: WatchDays },
): Promise<readonly WatchedSeller[]> {
  authorize(actor, 'watch:read');
  const { sellers } = await readReport(deps, days);
  const rate = ({ findings }: WatchedSeller) =>
    findings.find(({ rule }) => rule === 'complaints')?.perMille ?? 1_000_000n;
  return sellers
    .filter(({ service, figures }) => service === null && figures.caseCount > 0)
    .toSorted((a, b) => Number(rate(b) - rate(a)));
}

const weight = ({ findings }: WatchedSeller): number => findings.filter(({ isFlagged }) => isFlagged).length;

/** One company and its services against every rule. @throws Problem `permission-denied`, `company-not-found` */
export async function getWatchedCompany(
  deps: Deps,
  actor: Actor,
  { companyCode, days }: { readonly companyCode: string; readonly days: WatchDays },
): Promise<WatchReport> {
  authorize(actor, 'watch:read');
  const found = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['id', 'code', 'name', 'nameEn', 'state'])
    .where('code', '=', companyCode)
    .executeTakeFirst();
  if (!found) throw new Problem('company-not-found', { detail: `There is no company ${companyCode}.` });
  const { id: companyId, ...company } = found;
  const { span, sellers: own } = await readReport(deps, days, companyId);
  const silent = { company, service: null, figures: NOTHING_SOLD, findings: applyRules(NOTHING_SOLD) };
  return { span, sellers: own.length > 0 ? own : [silent] };
}

/** Of all companies, or of one. */
async function readReport(deps: Deps, days: WatchDays, only?: number): Promise<WatchReport> {
  const span = watchSpan(await findLastDay(deps), days);
  const figures = await readFigures(deps, { ...span, companyId: only });
  const names = await findNames(deps);
  const services = figures.flatMap(
    ({ companyId, serviceId, figures: of }): (WatchedSeller & { companyId: number })[] => {
      const [company, service] = [names.companies.get(companyId), names.services.get(serviceId)];
      return company && service
        ? [{ companyId, company, service, figures: of, findings: applyRules(of) }]
        : [];
    },
  );
  const byCompany = Map.groupBy(services, ({ companyId }) => companyId);
  const sellers = [...byCompany.values()].flatMap((own): WatchedSeller[] => {
    const sum = sumFigures(own.map(({ figures: of }) => of));
    return [{ company: own[0]!.company, service: null, figures: sum, findings: applyRules(sum) }, ...own];
  });
  return { span, sellers };
}

/** The last day that is added up; yesterday before the first night. */
async function findLastDay(deps: Deps): Promise<string> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('daily_total')
    .select(({ fn }) => fn.max('businessDate').as('last'))
    .where('isSummed', '=', true)
    .executeTakeFirst();
  return row?.last ?? addDays(businessDateOf(deps.clock.now(), deps.config.timeZone), -1);
}

async function readFigures(deps: Deps, span: WatchSpan & { readonly companyId?: number | undefined }) {
  const found = new Map<number, { companyId: number; serviceId: number; figures: WatchFigures }>();
  for (const { companyId, serviceId, ...sales } of await listSalesFigures(deps, span))
    found.set(serviceId, { companyId, serviceId, figures: { ...NOTHING_SOLD, ...sales } });
  for (const { companyId, serviceId, ...cases } of await listCaseFigures(deps, span)) {
    const figures = { ...(found.get(serviceId)?.figures ?? NOTHING_SOLD), ...cases };
    found.set(serviceId, { companyId, serviceId, figures });
  }
  const candidates = [...found.values()]
    .filter(
      ({ figures }) =>
        figures.chargeCount >= MANY_CHARGES || applyRules(figures).some(({ isFlagged }) => isFlagged),
    )
    .toSorted((a, b) => b.figures.chargeCount - a.figures.chargeCount)
    .slice(0, MAX_LOOKED_THROUGH);
  for (const [companyId, own] of Map.groupBy(candidates, (one) => one.companyId)) {
    const same = await findSameAmounts(deps, companyId, span);
    for (const { serviceId, figures } of own)
      found.set(serviceId, { companyId, serviceId, figures: { ...figures, ...same.get(serviceId) } });
  }
  return [...found.values()];
}

/** Companies and services are some hundreds. */
async function findNames(deps: Database) {
  const companies = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['id', 'code', 'name', 'nameEn', 'state'])
    .execute();
  const services = await sqlOf(emOf(deps))
    .selectFrom('service')
    .select(['id', 'code', 'name', 'nameEn', 'state'])
    .execute();
  return {
    companies: new Map<number, WatchedName>(companies.map(({ id, ...name }) => [id, name])),
    services: new Map<number, WatchedName>(services.map(({ id, ...name }) => [id, name])),
  };
}
