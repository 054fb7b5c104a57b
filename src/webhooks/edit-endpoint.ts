import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { authorizeTypes } from '../published-events/readable-types.ts';
import { lastSequence } from './create-endpoint.ts';
import { stopDeliveries } from './disable-endpoint.ts';
import { checkTerms, typesFor, type EndpointTerms } from './endpoint-input.ts';
import { lockEndpoint, typesOf } from './endpoint.queries.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** Of an address to which nothing was sent yet, and after a repair. */
const HEALTHY = { failures: 0, failingSince: null, pausedUntil: null } as const;

export interface EndpointEdit extends EndpointTerms {
  readonly endpointId: string;
  readonly state?: 'enabled' | 'disabled' | undefined;
}

/**
 * Changes an endpoint: what is left out stays. One that is switched on again is sent what is published from then on; `replayEvents`
 * sends what it missed.
 * @throws Problem `webhook-endpoint-not-found`, `invalid-request`; `api-key-scope-missing`, `permission-denied` when events that the
 * actor may not read would be sent to an address that it names
 */
export async function editEndpoint(deps: Deps, actor: Actor, edit: EndpointEdit): Promise<WebhookEndpoint> {
  const { endpointId, url, description, state } = edit;
  return await inTransaction(deps, async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, endpointId);
    checkTerms(tx.config, actor, edit);
    const eventTypes = edit.eventTypes === undefined ? undefined : typesFor(actor, edit.eventTypes);
    if (url !== undefined && eventTypes === undefined) authorizeTypes(actor, typesOf(endpoint));
    const changes = {
      ...(url === undefined || url === endpoint.url ? {} : { url, ...HEALTHY }),
      ...(description === undefined ? {} : { description }),
      ...(eventTypes === undefined
        ? {}
        : { eventTypes: (eventTypes && JSON.stringify(eventTypes)) as never }),
      ...(state === undefined || state === endpoint.state ? {} : await stateChange(tx, endpoint, state)),
    };
    if (Object.keys(changes).length > 0)
      await sqlOf(tx.em).updateTable('webhook_endpoint').set(changes).where('id', '=', endpointId).execute();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'webhook-endpoint.edit',
      subject: `webhook-endpoint:${endpointId}`,
      facts: {
        ...(url === undefined ? {} : { url }),
        ...(eventTypes === undefined ? {} : { eventTypes }),
        ...(state === undefined ? {} : { state }),
      },
    });
    return await lockEndpoint(tx, actor, endpointId);
  });
}

async function stateChange(
  tx: InTransaction<Deps>,
  { id, companyId }: WebhookEndpoint,
  state: 'enabled' | 'disabled',
) {
  const stateChangedAt = tx.clock.now();
  if (state === 'disabled') {
    await stopDeliveries(tx, id);
    return { state, stateReason: 'company', stateChangedAt } as const;
  }
  const consideredSequence = await lastSequence(tx, companyId);
  return { state, stateReason: null, stateChangedAt, consideredSequence, ...HEALTHY } as const;
}
