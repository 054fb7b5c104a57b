import type { Actor } from '../../../access/actor.ts';
import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { getSafeguardsOfTenure } from '../../../safeguards/safeguards-of-tenure.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import type { PageRequest } from '../../kit/define-page.ts';
import { countField } from '../../kit/form-fields.ts';

type Asked = Pick<PageRequest<unknown, Actor>, 'actor' | 'params'>;

/** Today's tenure of a line, whose settings are changed. @throws Problem `line-not-found`, also for a line that nobody holds */
export async function getTenureToSet(deps: ServiceDeps, { actor, params }: Asked) {
  const line = await getLineOverview(deps, actor, requireLineId(params['line']));
  const tenure = line.tenures.find(({ validTo }) => validTo === null || validTo > line.businessDate);
  if (!tenure || !line.limits) throw new Problem('line-not-found');
  return { line, limits: line.limits, tenure: { lineId: line.lineId, holderFrom: tenure.validFrom } };
}

/** What is set for today's tenure of a line. */
export async function loadGuards(deps: ServiceDeps, asked: Asked) {
  const { line, limits, tenure } = await getTenureToSet(deps, asked);
  return { line, limits, guards: await getSafeguardsOfTenure(deps, asked.actor, tenure) };
}

export type LoadedGuards = Awaited<ReturnType<typeof loadGuards>>;

/** Whom a setting concerns: 0 is everybody on the line. */
export const whomField = countField('support.guards.whom', { min: 0, max: 4_294_967_295 });
export const subscriberOf = (id: number): number | null => (id === 0 ? null : id);

/** When a setting counts, said on the page where it was made. */
export const savedAt = (
  to: string,
  { permitsMore }: { readonly permitsMore: boolean },
): { readonly to: string; readonly flash: 'support.guards.from-tomorrow' | 'support.guards.at-once' } => ({
  to,
  flash: permitsMore ? 'support.guards.from-tomorrow' : 'support.guards.at-once',
});
