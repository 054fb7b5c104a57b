import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Permission } from '../access/permissions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { publishedTypes, type PublishedType } from '../published-events/published-types.ts';
import { Problem } from '../shared/problem.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** An endpoint of the actor's company. @throws Problem `webhook-endpoint-not-found` */
export async function getEndpoint(deps: Deps, actor: Actor, endpointId: string): Promise<WebhookEndpoint> {
  const row = await ownEndpoint(deps, actor, { permission: 'webhooks:read', endpointId }).executeTakeFirst();
  return found(row);
}

/** Locks an endpoint of the actor's company for a change. @throws Problem `webhook-endpoint-not-found` */
export async function lockEndpoint(
  tx: InTransaction<Deps>,
  actor: Actor,
  endpointId: string,
): Promise<WebhookEndpoint> {
  const own = ownEndpoint(tx, actor, { permission: 'webhooks:write', endpointId });
  return found(await own.forUpdate().executeTakeFirst());
}

/** The endpoints of the actor's company, newest first; they are twenty at most. */
export async function listEndpoints(
  deps: Deps,
  actor: Actor,
  list: { readonly limit: number; readonly after?: string | undefined },
): Promise<WebhookEndpoint[]> {
  const { companyId = 0 } = ownedBy(actor, 'webhooks:read').rows;
  let query = sqlOf(emOf(deps))
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('companyId', '=', companyId)
    .where('state', '!=', 'deleted');
  if (list.after !== undefined) query = query.where('id', '<', list.after);
  return await query.orderBy('id', 'desc').limit(list.limit).execute();
}

/** The types that an endpoint is sent: those it names, or all. */
export function typesOf({ eventTypes }: Pick<WebhookEndpoint, 'eventTypes'>): readonly PublishedType[] {
  return readTypes(eventTypes) ?? publishedTypes;
}

/** The types that an endpoint names, as the driver gives them; null for all. */
export function readTypes(stored: unknown): readonly PublishedType[] | null {
  if (stored == null) return null;
  return (typeof stored === 'string' ? JSON.parse(stored) : stored) as readonly PublishedType[];
}

interface Wanted {
  readonly permission: Permission;
  readonly endpointId: string;
}

function ownEndpoint(deps: Deps, actor: Actor, { permission, endpointId }: Wanted) {
  const { companyId = 0 } = ownedBy(actor, permission).rows;
  return sqlOf(emOf(deps))
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', endpointId)
    .where('companyId', '=', companyId)
    .where('state', '!=', 'deleted');
}

function found(row: WebhookEndpoint | undefined): WebhookEndpoint {
  if (!row) throw new Problem('webhook-endpoint-not-found');
  return row;
}
