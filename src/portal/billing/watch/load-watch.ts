import type { Actor } from '../../../access/actor.ts';
import { listPending } from '../../../access/approvals/approval.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { listHeldByTwo, listSuspendedByTwo } from '../../../watch/held-by-two.queries.ts';
import { findNextPayout } from '../../../watch/next-payout.queries.ts';
import { watchDays, type WatchDays } from '../../../watch/watch-span.rules.ts';
import { getWatchedCompany } from '../../../watch/watched-sellers.queries.ts';

/** The span of an address; 30 days without one. */
export function readDays(text: string | undefined): WatchDays {
  return watchDays.find((days) => String(days) === text) ?? 30;
}

interface Choice {
  readonly actor: Actor;
  readonly companyCode: string;
  readonly days: WatchDays;
}

/** A company with what can be proposed about it, and what is proposed already. */
export async function loadWatchedCompany(deps: ServiceDeps, { actor, companyCode, days }: Choice) {
  const report = await getWatchedCompany(deps, actor, { companyCode, days });
  const next = await findNextPayout(deps, actor, companyCode);
  const held = await listHeldByTwo(deps, actor, companyCode);
  const suspended = await listSuspendedByTwo(deps, actor, companyCode);
  const services = report.sellers.flatMap(({ service }) => service ?? []);
  const subjects = [
    ...(next ? [`settlement:${next.number}`] : []),
    ...held.map(({ number }) => `settlement:${number}`),
    ...services.map(({ code }) => `service:${companyCode}/${code}`),
  ];
  const pending = [];
  for (const subject of subjects) pending.push(...(await listPending(deps, subject)));
  return { report, days, next, held, suspended, company: report.sellers[0]!.company, pending };
}

export type WatchedCompany = Awaited<ReturnType<typeof loadWatchedCompany>>;
