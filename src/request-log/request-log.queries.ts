import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** Requests by how they ended. */
export const requestOutcomes = ['succeeded', 'refused', 'failed'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** A page of requests as it is asked for. */
export interface RequestList {
  readonly limit: number;
  /** The last identifier of the previous page. */
  readonly after?: string | undefined;
  /** `X-Request-Id` of a response. */
  readonly requestId?: string | undefined;
  readonly outcome?: RequestOutcome | undefined;
  /** The beginning of the path. */
  readonly path?: string | undefined;
  readonly apiKeyId?: string | undefined;
  readonly since?: Date | undefined;
}

/** The requests of the actor's company, newest first, without their bodies. @throws Problem `permission-denied` */
export async function listLoggedRequests(deps: Deps, actor: Actor, list: RequestList) {
  const companyId = actingCompany(actor, 'api-keys:read');
  const { limit, after, requestId, outcome, path, apiKeyId, since } = list;
  let query = sqlOf(emOf(deps))
    .selectFrom('api_request as r')
    .leftJoin('api_key as k', 'k.id', 'r.apiKeyId')
    .select(['r.id', 'r.requestId', 'r.at', 'r.method', 'r.route', 'r.status', 'r.problem', 'r.durationMs'])
    .select('k.label')
    .where('r.companyId', '=', companyId)
    .orderBy('r.id', 'desc')
    .limit(limit);
  if (after !== undefined) query = query.where('r.id', '<', after);
  if (requestId !== undefined) query = query.where('r.requestId', '=', requestId);
  if (outcome === 'succeeded') query = query.where('r.status', '<', 400);
  if (outcome === 'refused') query = query.where('r.status', '>=', 400).where('r.status', '<', 500);
  if (outcome === 'failed') query = query.where('r.status', '>=', 500);
  if (path !== undefined)
    query = query.where('r.path', 'like', `${path.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  if (apiKeyId !== undefined) query = query.where('r.apiKeyId', '=', apiKeyId);
  if (since !== undefined) query = query.where('r.at', '>=', since);
  return await query.execute();
}

export type ListedRequest = Awaited<ReturnType<typeof listLoggedRequests>>[number];

/** One request of the actor's company, with its bodies. @throws Problem `permission-denied`, `not-found` */
export async function getLoggedRequest(deps: Deps, actor: Actor, id: string) {
  const companyId = actingCompany(actor, 'api-keys:read');
  const request = await sqlOf(emOf(deps))
    .selectFrom('api_request as r')
    .leftJoin('api_key as k', 'k.id', 'r.apiKeyId')
    .selectAll('r')
    .select('k.label')
    .where('r.id', '=', id)
    .where('r.companyId', '=', companyId)
    .executeTakeFirst();
  if (!request) throw new Problem('not-found');
  return request;
}

export type ReadRequest = Awaited<ReturnType<typeof getLoggedRequest>>;

/** How many requests of the actor's company came in the kept days, and how many of them are in the log. */
export async function countLoggedRequests(
  deps: Deps,
  actor: Actor,
): Promise<{ seen: number; logged: number }> {
  const companyId = actingCompany(actor, 'api-keys:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('api_request_count')
    .select(({ fn }) => [fn.sum('seen').as('seen'), fn.sum('logged').as('logged')])
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  return { seen: Number(row?.seen ?? 0), logged: Number(row?.logged ?? 0) };
}
