import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { assertEnabled } from './replay-events.ts';
import { getDeliveryRow } from './delivery.queries.ts';
import { lockEndpoint } from './endpoint.queries.ts';
import { assertNoTest, assertRoom } from './endpoint-room.ts';
import { newDelivery } from './new-delivery.ts';
import type { WebhookDelivery } from './webhook-delivery.entity.ts';

/**
 * Sends an endpoint an event of the type `webhook-endpoint.tested`, which nothing has happened for.
 * @throws Problem `webhook-endpoint-not-found`, `webhook-endpoint-disabled`, `webhook-endpoint-busy`
 */
export async function testEndpoint(deps: Deps, actor: Actor, endpointId: string): Promise<WebhookDelivery> {
  return await inTransaction(deps, async (tx) => {
    assertEnabled(await lockEndpoint(tx, actor, endpointId));
    await assertNoTest(tx, endpointId);
    await assertRoom(tx, endpointId);
    const delivery = newDelivery(tx, { endpointId, kind: 'test', eventId: null });
    await sqlOf(tx.em).insertInto('webhook_delivery').values(delivery).execute();
    const subject = `webhook-endpoint:${endpointId}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'webhook-endpoint.test', subject });
    return await getDeliveryRow(tx, delivery.id);
  });
}
