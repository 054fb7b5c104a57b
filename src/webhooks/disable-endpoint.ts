import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { mailDisabled } from './mail-disabled.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** Ends what waits for an endpoint: a recovery sends it. */
export async function stopDeliveries(tx: InTransaction<Deps>, endpointId: string): Promise<void> {
  const now = tx.clock.now();
  await sqlOf(tx.em)
    .updateTable('webhook_delivery')
    .set({ state: 'cancelled', finishedAt: now, leaseOwner: null, leaseUntil: null })
    .where('endpointId', '=', endpointId)
    .where('state', '=', 'pending')
    .execute();
  await sqlOf(tx.em)
    .updateTable('webhook_replay')
    .set({ finishedAt: now })
    .where('endpointId', '=', endpointId)
    .where('finishedAt', 'is', null)
    .execute();
}

interface Disabling {
  readonly endpoint: Pick<WebhookEndpoint, 'id' | 'companyId' | 'url'>;
  readonly reason: 'failing' | 'gone';
  readonly failingSince: Date;
  /** How the last attempt failed, in a few words. */
  readonly lastFailure: string;
}

/** Switches an endpoint off that has failed for too long or is gone, and writes to those who look after it. */
export async function disableEndpoint(
  tx: InTransaction<Deps>,
  actor: Actor,
  { endpoint, reason, failingSince, lastFailure }: Disabling,
): Promise<void> {
  const now = tx.clock.now();
  const { numUpdatedRows } = await sqlOf(tx.em)
    .updateTable('webhook_endpoint')
    .set({ state: 'disabled', stateReason: reason, stateChangedAt: now })
    .where('id', '=', endpoint.id)
    .where('state', '=', 'enabled')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return;
  await stopDeliveries(tx, endpoint.id);
  await recordAudit(tx, {
    actor: actorName(actor),
    action: 'webhook-endpoint.disable',
    subject: `webhook-endpoint:${endpoint.id}`,
    facts: { reason, failingSince: failingSince.toISOString(), lastFailure },
  });
  await mailDisabled(tx, { endpoint, reason, failingSince, lastFailure, disabledAt: now });
}
