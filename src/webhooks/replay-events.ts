import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findSequences } from '../published-events/event.queries.ts';
import { mayReadType } from '../published-events/readable-types.ts';
import { invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { lockEndpoint } from './endpoint.queries.ts';
import { assertNoReplay, assertRoom } from './endpoint-room.ts';
import { newDelivery } from './new-delivery.ts';
import { KEPT_DAYS, KEPT_MS } from './purge-webhooks.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** What is sent again: one event, or those published since an instant. */
export type Replay = { readonly endpointId: string } & (
  | { readonly eventId: string }
  | {
      readonly since: Date;
      /** Only what the endpoint has not accepted. */
      readonly onlyMissed: boolean;
    }
);

/**
 * Sends events to an endpoint again, of the types that it wants. Those since an instant are queued by the job that delivers, some at a
 * time. Returns how many events are looked at.
 * @throws Problem `webhook-endpoint-not-found`, `webhook-endpoint-disabled`, `webhook-endpoint-busy`, `event-not-found`,
 * `invalid-request` for an instant of which it is not known any more what was accepted
 */
export async function replayEvents(
  deps: Deps,
  actor: Actor,
  replay: Replay,
): Promise<{ endpoint: WebhookEndpoint; events: number }> {
  return await inTransaction(deps, async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, replay.endpointId);
    assertEnabled(endpoint);
    const events =
      'eventId' in replay
        ? await replayOne(tx, actor, { endpoint, eventId: replay.eventId })
        : await replaySince(tx, endpoint, replay);
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'webhook-endpoint.replay',
      subject: `webhook-endpoint:${endpoint.id}`,
      facts:
        'eventId' in replay
          ? { event: replay.eventId }
          : { since: replay.since.toISOString(), onlyMissed: replay.onlyMissed, events },
    });
    return { endpoint, events };
  });
}

/** @throws Problem `webhook-endpoint-disabled` */
export function assertEnabled({ state }: WebhookEndpoint): void {
  if (state !== 'enabled')
    throw new Problem('webhook-endpoint-disabled', { detail: 'Switch it on first: state `enabled`.' });
}

async function replayOne(
  tx: InTransaction<Deps>,
  actor: Actor,
  { endpoint: { id, companyId }, eventId }: { readonly endpoint: WebhookEndpoint; readonly eventId: string },
): Promise<number> {
  const event = await sqlOf(tx.em)
    .selectFrom('published_event')
    .select(['id', 'type'])
    .where('id', '=', eventId)
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  if (!event || !mayReadType(actor, event.type)) throw new Problem('event-not-found');
  await assertRoom(tx, id);
  await sqlOf(tx.em)
    .insertInto('webhook_delivery')
    .values(newDelivery(tx, { endpointId: id, kind: 'replay', eventId }))
    .execute();
  return 1;
}

/** Up to the event that has its delivery already: later ones are sent anyway. */
async function replaySince(
  tx: InTransaction<Deps>,
  { id, companyId, consideredSequence }: WebhookEndpoint,
  { since, onlyMissed }: { readonly since: Date; readonly onlyMissed: boolean },
): Promise<number> {
  if (since.getTime() < tx.clock.now().getTime() - KEPT_MS) {
    const message = `must be within the last ${KEPT_DAYS} days, for which deliveries are kept; read older events from the list of events`;
    throw invalidInput([{ pointer: '/since', message }]);
  }
  await assertNoReplay(tx, id);
  const { from } = (await findSequences(tx, companyId, { since })) ?? {};
  const [next, through] = [BigInt(from ?? 0), consideredSequence];
  if (from === undefined || next > through) return 0;
  await sqlOf(tx.em)
    .insertInto('webhook_replay')
    .values({
      id: tx.ids.next(),
      endpointId: id,
      nextSequence: next,
      throughSequence: through,
      onlyMissed,
      requestedAt: tx.clock.now(),
    })
    .execute();
  return Number(through - next) + 1;
}
