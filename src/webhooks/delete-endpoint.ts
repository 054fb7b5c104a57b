import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { stopDeliveries } from './disable-endpoint.ts';
import { lockEndpoint } from './endpoint.queries.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** Deletes an endpoint with its secrets: nothing is sent to it any more. @throws Problem `webhook-endpoint-not-found` */
export async function deleteEndpoint(deps: Deps, actor: Actor, endpointId: string): Promise<WebhookEndpoint> {
  return await inTransaction(deps, async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, endpointId);
    await stopDeliveries(tx, endpointId);
    await sqlOf(tx.em)
      .updateTable('webhook_endpoint')
      .set({
        state: 'deleted',
        stateReason: null,
        stateChangedAt: tx.clock.now(),
        slot: null,
        secret: '',
        previousSecret: null,
        previousSecretUntil: null,
        signingKey: null,
        publicKey: null,
      })
      .where('id', '=', endpointId)
      .execute();
    const subject = `webhook-endpoint:${endpointId}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'webhook-endpoint.delete', subject });
    return endpoint;
  });
}
