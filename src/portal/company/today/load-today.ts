import type { Actor } from '../../../access/actor.ts';
import { can } from '../../../access/can.rules.ts';
import { findFactors, hasFactor } from '../../../accounts/sign-in-step.ts';
import { getOwnCompany } from '../../../companies/own-company.queries.ts';
import { findCompanyToDo } from '../../../reports/company-to-do.queries.ts';
import { listHoursOfCompany } from '../../../reports/hours-of-company.queries.ts';
import { listReportStarts } from '../../../reports/report.queries.ts';
import { findLastDay } from '../../../reports/today.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { addDays, businessDateOf } from '../../../shared/calendar.rules.ts';
import { MAX_ENDPOINTS } from '../../../webhooks/create-endpoint.ts';
import { needsAttention } from '../../../webhooks/endpoint-health.rules.ts';
import { listEndpoints } from '../../../webhooks/endpoint.queries.ts';
import { requireAccount } from '../../account-audience.ts';
import type { Visit } from '../../kit/visit.ts';
import { monthsToCompare } from './day-figures.rules.ts';
import { loadNewest } from './newest.live.ts';

/** What the first page shows; of each part only what the person may read. */
export async function loadToday(
  deps: ServiceDeps,
  { actor, visit }: { readonly actor: Actor; readonly visit: Visit },
) {
  const { id, roles } = await requireAccount(deps, visit);
  return {
    company: await getOwnCompany(deps, actor),
    roles,
    hasFactor: hasFactor(await findFactors(deps, id)),
    now: deps.clock.now(),
    today: businessDateOf(deps.clock.now(), deps.config.timeZone),
    toDo: await findCompanyToDo(deps, actor),
    webhooks: can(actor, 'webhooks:read') ? await loadTroubledWebhooks(deps, actor) : [],
    sales: can(actor, 'reports:read') ? await loadSales(deps, actor) : undefined,
    newest: can(actor, 'charges:read') ? await loadNewest(deps, { actor }) : undefined,
  };
}

/** The webhook endpoints that somebody has to look after. */
async function loadTroubledWebhooks(deps: ServiceDeps, actor: Actor) {
  const endpoints = await listEndpoints(deps, actor, { limit: MAX_ENDPOINTS });
  return endpoints.filter(needsAttention);
}

export type LoadedToday = Awaited<ReturnType<typeof loadToday>>;

/**
 * Today, yesterday and the same weekday last week by hour; the month through yesterday and the one before from the sums of days. Yesterday
 * is read by hour as well where no night has added it up yet.
 */
async function loadSales(deps: ServiceDeps, actor: Actor) {
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const lastWeek = addDays(today, -7);
  const months = monthsToCompare(today);
  const { yesterday, before } = months;
  const hours = await listHoursOfCompany(deps, actor, [today, yesterday, lastWeek]);
  const lastDay = await findLastDay(deps, actor);
  const range = { report: 'sales', grain: 'day', from: `${before}-01`, through: yesterday } as const;
  const starts = await listReportStarts(deps, actor, range);
  const days = new Map(starts.map(({ startsOn, sums }) => [startsOn, sums]));
  return { today, ...months, lastWeek, hours, days, lastDay };
}

export type LoadedSales = Awaited<ReturnType<typeof loadSales>>;
