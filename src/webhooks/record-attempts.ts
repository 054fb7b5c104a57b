import type { Actor } from '../access/actor.ts';
import { insertRows } from '../database/rows.ts';
import { queryRows, runStatement } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import {
  FAILING_LIMIT_MS,
  failingSinceWhen,
  isDelivered,
  pauseBeforeAttempt,
  pauseOfEndpoint,
} from './delivery-schedule.rules.ts';
import { disableEndpoint } from './disable-endpoint.ts';
import type { Attempt } from './post-message.ts';
import { MESSAGE_FAILED } from './read-messages.ts';
import type { WebhookDelivery } from './webhook-delivery.entity.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** What a batch of deliveries of one endpoint came to, in the order of the answers. */
export interface Batch {
  /** As it was sent to. */
  readonly endpoint: WebhookEndpoint;
  /** Names the claim of the deliveries; those that another process has taken meanwhile stay as they are. */
  readonly owner: string;
  readonly tried: readonly { readonly delivery: WebhookDelivery; readonly attempt: Attempt }[];
  /** Claimed and not tried: their attempt does not count. */
  readonly untried: readonly WebhookDelivery[];
}

/**
 * Everything that a batch changes, in one transaction. An endpoint that was moved meanwhile, switched off or deleted is not judged by
 * it. Returns whether the endpoint can take more now.
 */
export async function recordAttempts(deps: Deps, batch: Batch, actor: Actor): Promise<boolean> {
  return await inTransaction(deps, async (tx) => {
    // The endpoint first, then its deliveries, as everything does that changes both.
    const endpoint = await lockEnabled(tx, batch.endpoint.id);
    const isMoved = endpoint !== undefined && endpoint.url !== batch.endpoint.url;
    const ours = await lockOurs(tx, batch);
    const tried = batch.tried.filter(({ delivery }) => ours.has(delivery.id));
    if (tried.length < batch.tried.length)
      deps.log.warn({ endpoint: batch.endpoint.id }, 'webhook-lease-lost');
    await writeAttempts(tx, tried);
    await writeDeliveries(tx, { ...batch, tried, isMoved });
    if (endpoint === undefined) return false;
    return isMoved || (await writeHealth(tx, actor, { endpoint, tried: tried.filter(isItsOwn) }));
  });
}

/** Whether the endpoint has a part in how an attempt ended. */
function isItsOwn({ attempt }: Batch['tried'][number]): boolean {
  return attempt.error !== MESSAGE_FAILED;
}

async function lockEnabled(
  tx: InTransaction<Deps>,
  endpointId: string,
): Promise<WebhookEndpoint | undefined> {
  return await sqlOf(tx.em)
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', endpointId)
    .where('state', '=', 'enabled')
    .forUpdate()
    .executeTakeFirst();
}

async function lockOurs(tx: InTransaction<Deps>, { owner, tried, untried }: Batch): Promise<Set<string>> {
  const ids = [...tried.map(({ delivery }) => delivery), ...untried].map(({ id }) => id);
  if (ids.length === 0) return new Set();
  const rows = await queryRows<{ id: string }>(
    tx.em,
    `SELECT id FROM webhook_delivery WHERE id IN (?) AND lease_owner = ? AND state = 'pending' ORDER BY id FOR UPDATE`,
    [ids, owner],
  );
  return new Set(rows.map(({ id }) => id));
}

async function writeAttempts(tx: InTransaction<Deps>, tried: Batch['tried']): Promise<void> {
  const rows = tried.map(({ delivery, attempt }) => ({
    deliveryId: delivery.id,
    number: delivery.attempts,
    startedAt: attempt.startedAt,
    durationMs: attempt.durationMs,
    status: attempt.status,
    error: attempt.error,
    response: attempt.response,
  }));
  await runStatement(tx.em, insertRows('webhook_attempt', rows as never));
}

interface Ended extends Omit<Batch, 'endpoint'> {
  /** The former address has answered: what it gave up for ever is tried at the new one. */
  readonly isMoved: boolean;
}

async function writeDeliveries(
  tx: InTransaction<Deps>,
  { owner, tried, untried, isMoved }: Ended,
): Promise<void> {
  const db = sqlOf(tx.em);
  const now = tx.clock.now();
  const free = { leaseOwner: null, leaseUntil: null } as const;
  const delivered = tried.flatMap(({ delivery, attempt }) => (isDelivered(attempt) ? [delivery.id] : []));
  if (delivered.length > 0)
    await db
      .updateTable('webhook_delivery')
      .set({ ...free, state: 'succeeded', finishedAt: now })
      .where('id', 'in', delivered)
      .execute();
  for (const { delivery, attempt } of tried.filter((one) => !isDelivered(one.attempt))) {
    const pauseMs =
      attempt.status === 410 && !isMoved
        ? undefined
        : pauseBeforeAttempt(delivery.attempts, attempt, Math.random());
    const change =
      pauseMs === undefined
        ? ({ state: 'failed', finishedAt: now } as const)
        : { nextAttemptAt: new Date(now.getTime() + pauseMs) };
    await db
      .updateTable('webhook_delivery')
      .set({ ...free, ...change })
      .where('id', '=', delivery.id)
      .execute();
  }
  if (untried.length === 0) return;
  await db
    .updateTable('webhook_delivery')
    .set(({ eb, ref, lit }) => ({ ...free, attempts: eb(ref('attempts'), '-', lit(1) as never) }))
    .where(
      'id',
      'in',
      untried.map(({ id }) => id),
    )
    .where('leaseOwner', '=', owner)
    .execute();
}

/** The health of an endpoint after a batch: what counts is how the last attempts in a row ended. */
async function writeHealth(
  tx: InTransaction<Deps>,
  actor: Actor,
  { endpoint, tried }: Pick<Batch, 'endpoint' | 'tried'>,
): Promise<boolean> {
  const last = tried.at(-1);
  if (!last) return true;
  const now = tx.clock.now();
  const lastDelivered = tried.findLastIndex(({ attempt }) => isDelivered(attempt));
  const hasDelivered = lastDelivered >= 0;
  const failedSince = hasDelivered ? tried.length - 1 - lastDelivered : endpoint.failures + tried.length;
  const failures = Math.min(failedSince, 65_535);
  const before = { failingSince: endpoint.failingSince ?? null, pausedUntil: endpoint.pausedUntil ?? null };
  const failingSince = failures === 0 ? null : hasDelivered ? now : failingSinceWhen(before, now);
  const pauseMs = Math.max(
    0,
    ...tried
      .slice(lastDelivered + 1)
      .map(({ attempt }, index, failed) => pauseOfEndpoint(failures - (failed.length - 1 - index), attempt)),
  );
  await sqlOf(tx.em)
    .updateTable('webhook_endpoint')
    .set({
      failures,
      failingSince,
      // Kept without a pause too: it says when the last attempt failed.
      pausedUntil: failures > 0 ? new Date(now.getTime() + pauseMs) : null,
      ...(hasDelivered ? { lastSucceededAt: now } : {}),
    })
    .where('id', '=', endpoint.id)
    .execute();
  const isGone = tried.some(({ attempt }) => attempt.status === 410);
  const isFailing = failingSince !== null && now.getTime() - failingSince.getTime() >= FAILING_LIMIT_MS;
  if (isGone || isFailing) {
    const { status, error } = last.attempt;
    const lastFailure = isGone ? 'HTTP 410' : status === null ? (error ?? '') : `HTTP ${status}`;
    const reason = isGone ? 'gone' : 'failing';
    await disableEndpoint(tx, actor, { endpoint, reason, failingSince: failingSince ?? now, lastFailure });
    return false;
  }
  return pauseMs === 0;
}
