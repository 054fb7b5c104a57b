import { sql } from 'kysely';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { scheduleMs } from './delivery-schedule.rules.ts';
import type { WebhookDelivery } from './webhook-delivery.entity.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** After it another process takes an endpoint and what was claimed for it: the first one has died. */
export const LEASE_MS = 5 * 60_000;
/** Endpoints of one company, healthy or failing, that are sent to at once, by all processes together. */
export const COMPANY_PLACES = 8;
/** An endpoint whose turn was too short lets those go first that wait. */
const AFTER_TURN_MS = 2_000;
const released = { leaseOwner: null, leaseUntil: null } as const;

/** How many endpoints may be taken: those that fail have places of their own, so that they never delay the others. */
export interface Places {
  readonly healthy: number;
  readonly failing: number;
}

/** An endpoint that is this process's own until its lease ends. */
export interface EndpointClaim {
  readonly owner: string;
  readonly endpoint: WebhookEndpoint;
}

/**
 * Claims endpoints with something due. The claim is an update that is committed before anything is sent: of several processes one
 * sends to an endpoint, also on a cluster.
 */
export async function claimEndpoints(deps: Deps, { healthy, failing }: Places): Promise<EndpointClaim[]> {
  const now = deps.clock.now();
  const candidates = [
    ...(await listDue(deps, { now, isFailing: false, limit: healthy })),
    ...(await listDue(deps, { now, isFailing: true, limit: failing })),
  ];
  if (candidates.length === 0) return [];
  const owner = deps.ids.next();
  const until = new Date(now.getTime() + LEASE_MS);
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('webhook_endpoint')
      .set({ leaseOwner: owner, leaseUntil: until })
      .where('id', 'in', candidates)
      .where('state', '=', 'enabled')
      .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', now)]))
      .execute(),
  );
  const rows = await sqlOf(emOf(deps))
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', 'in', candidates)
    .where('leaseOwner', '=', owner)
    .execute();
  return rows.map((endpoint) => ({ owner, endpoint }));
}

interface Due {
  readonly now: Date;
  readonly isFailing: boolean;
  readonly limit: number;
}

/** Those first that have waited longest, and of each company no more than it may have at once. */
async function listDue(deps: Deps, { now, isFailing, limit }: Due): Promise<string[]> {
  if (limit <= 0) return [];
  const health = isFailing ? 'failures > 0' : 'failures = 0';
  const due = `FROM webhook_delivery d WHERE d.endpoint_id = w.id AND d.state = 'pending' AND d.next_attempt_at <= ?
    AND (d.lease_until IS NULL OR d.lease_until <= ?)`;
  const rows = await queryRows<{ id: string }>(
    emOf(deps),
    `SELECT p.id FROM (
       SELECT f.id, f.due, ROW_NUMBER() OVER (PARTITION BY f.company_id ORDER BY f.due, f.id) AS place,
         (SELECT COUNT(*) FROM webhook_endpoint l
           WHERE l.company_id = f.company_id AND l.state = 'enabled' AND l.lease_until > ? AND l.${health}) AS taken
       FROM (SELECT w.id, w.company_id, (SELECT d.next_attempt_at ${due} ORDER BY d.next_attempt_at LIMIT 1) AS due
         FROM webhook_endpoint w
         WHERE w.state = 'enabled' AND w.${health} AND (w.paused_until IS NULL OR w.paused_until <= ?)
           AND (w.lease_until IS NULL OR w.lease_until <= ?) AND EXISTS (SELECT 1 ${due})) f) p
     WHERE p.place + p.taken <= ${COMPANY_PLACES}
     ORDER BY p.due, p.id LIMIT ?`,
    [now, now, now, now, now, now, now, limit],
  );
  return rows.map(({ id }) => id);
}

/** What was claimed, and the endpoint as it is now: its address, its secrets and its health may have changed since the last batch. */
export interface ClaimedDeliveries {
  readonly owner: string;
  readonly endpoint: WebhookEndpoint;
  /** None too when the endpoint is another's by now, switched off or deleted. */
  readonly deliveries: readonly WebhookDelivery[];
}

/** Claims deliveries of a claimed endpoint that are due. Their attempt is counted now: one that kills its process is not tried for ever. */
export async function claimDeliveries(
  deps: Deps,
  { endpoint, owner: sender }: EndpointClaim,
  limit: number,
): Promise<ClaimedDeliveries> {
  const owner = deps.ids.next();
  const now = deps.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  return await inTransaction(deps, async (tx) => {
    const db = sqlOf(tx.em);
    // Renews the lease, and proves that it is still ours.
    const { numUpdatedRows } = await db
      .updateTable('webhook_endpoint')
      .set({ leaseUntil: until })
      .where('id', '=', endpoint.id)
      .where('leaseOwner', '=', sender)
      .where('state', '=', 'enabled')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return { owner, endpoint, deliveries: [] };
    const current = await db
      .selectFrom('webhook_endpoint')
      .selectAll()
      .where('id', '=', endpoint.id)
      .executeTakeFirstOrThrow();
    await db
      .updateTable('webhook_delivery')
      .set({ leaseOwner: owner, leaseUntil: until, attempts: sql`attempts + 1` as never })
      .where('endpointId', '=', endpoint.id)
      .where('state', '=', 'pending')
      .where('nextAttemptAt', '<=', now)
      .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', now)]))
      .orderBy('nextAttemptAt')
      .limit(limit)
      .execute();
    const claimed = await db
      .selectFrom('webhook_delivery')
      .selectAll()
      .where('endpointId', '=', endpoint.id)
      .where('state', '=', 'pending')
      .where('leaseOwner', '=', owner)
      .orderBy('id')
      .execute();
    const spent = claimed.filter(({ attempts }) => attempts > scheduleMs.length);
    if (spent.length > 0) await giveUp(tx, spent);
    const deliveries = claimed.filter(({ attempts }) => attempts <= scheduleMs.length);
    return { owner, endpoint: current, deliveries };
  });
}

/** Ends deliveries whose last attempt was begun and never recorded. */
async function giveUp(tx: InTransaction<Deps>, spent: readonly WebhookDelivery[]): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('webhook_delivery')
    .set({ ...released, state: 'failed', finishedAt: tx.clock.now(), attempts: scheduleMs.length })
    .where(
      'id',
      'in',
      spent.map(({ id }) => id),
    )
    .execute();
}

/** Gives an endpoint back; `isCut`: its turn ended before what is due. */
export async function releaseEndpoint(
  deps: Deps,
  { owner, endpoint }: EndpointClaim,
  { isCut }: { readonly isCut: boolean },
): Promise<void> {
  const others = new Date(deps.clock.now().getTime() + AFTER_TURN_MS);
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('webhook_endpoint')
      .set({ ...released, ...(isCut ? { pausedUntil: others } : {}) })
      .where('id', '=', endpoint.id)
      .where('leaseOwner', '=', owner)
      .execute(),
  );
}
