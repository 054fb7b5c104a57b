import { defineEntity, p } from '@mikro-orm/mariadb';

/**
 * - `pending`: to be sent at `nextAttemptAt`
 * - `succeeded`: the endpoint has answered 2xx
 * - `failed`: given up after the last attempt of the schedule, or refused with 410
 * - `cancelled`: its endpoint was disabled or deleted first
 */
export type DeliveryState = 'pending' | 'succeeded' | 'failed' | 'cancelled';

export const WebhookDeliverySchema = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  properties: {
    id: p.character().length(26).primary(),
    endpointId: p.character().length(26),
    kind: p.string().length(6).$type<'event' | 'replay' | 'test'>(),
    eventId: p.character().length(26).nullable(),
    /** The event again, of its first delivery alone: there is one. */
    onceEvent: p.character().length(26).nullable(),
    state: p.string().length(10).$type<DeliveryState>(),
    /** Counted when an attempt begins. */
    attempts: p.smallint().unsigned(),
    createdAt: p.datetime(3),
    nextAttemptAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    leaseOwner: p.character().length(26).nullable(),
    leaseUntil: p.datetime(3).nullable(),
  },
});

/** One event for one endpoint. */
export class WebhookDelivery extends WebhookDeliverySchema.class {}
WebhookDeliverySchema.setClass(WebhookDelivery);

export const WebhookAttemptSchema = defineEntity({
  name: 'WebhookAttempt',
  tableName: 'webhook_attempt',
  properties: {
    deliveryId: p.character().length(26).primary(),
    number: p.smallint().unsigned().primary(),
    startedAt: p.datetime(3),
    durationMs: p.integer().unsigned(),
    /** None without an answer. */
    status: p.smallint().unsigned().nullable(),
    error: p.string().length(30).nullable(),
    /** What the answer began with. */
    response: p.string().length(1024).nullable(),
  },
});

/** One attempt of a delivery. */
export class WebhookAttempt extends WebhookAttemptSchema.class {}
WebhookAttemptSchema.setClass(WebhookAttempt);

/** A request to send events again, up to a number. */
export const WebhookReplaySchema = defineEntity({
  name: 'WebhookReplay',
  tableName: 'webhook_replay',
  properties: {
    id: p.character().length(26).primary(),
    endpointId: p.character().length(26),
    nextSequence: p.bigint().unsigned(),
    throughSequence: p.bigint().unsigned(),
    onlyMissed: p.boolean(),
    requestedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});
