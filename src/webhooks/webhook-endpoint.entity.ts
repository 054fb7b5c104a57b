import { defineEntity, p } from '@mikro-orm/mariadb';
import type { PublishedType } from '../published-events/published-types.ts';

export type EndpointState = 'enabled' | 'disabled' | 'deleted';

/**
 * - `company`: its company has switched it off
 * - `failing`: nothing was delivered for five days
 * - `gone`: it has answered 410
 */
export type DisabledReason = 'company' | 'failing' | 'gone';

export const WebhookEndpointSchema = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoint',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    slot: p.tinyint().unsigned().nullable(),
    url: p.string().length(1000),
    description: p.string().length(120).nullable(),
    /** None: every type, and those that will be added. */
    eventTypes: p.json().$type<readonly PublishedType[]>().nullable(),
    /** Encrypted, as the two below. */
    secret: p.string().length(300),
    previousSecret: p.string().length(300).nullable(),
    /** The secret before a rotation signs too until then. */
    previousSecretUntil: p.datetime(3).nullable(),
    /** Of ed25519, and the public key that companies verify with. */
    signingKey: p.string().length(300).nullable(),
    publicKey: p.string().length(60).nullable(),
    state: p.string().length(10).$type<EndpointState>(),
    stateReason: p.string().length(20).$type<DisabledReason>().nullable(),
    stateChangedAt: p.datetime(3),
    /** Events up to this number have their deliveries. */
    consideredSequence: p.bigint().unsigned(),
    /** Attempts in a row that failed. */
    failures: p.smallint().unsigned(),
    failingSince: p.datetime(3).nullable(),
    lastSucceededAt: p.datetime(3).nullable(),
    /** Nothing is sent before: it has asked us to slow down, fails again and again, or lets others go first. */
    pausedUntil: p.datetime(3).nullable(),
    leaseOwner: p.character().length(26).nullable(),
    leaseUntil: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
  },
});

/** An address to which a company's events are sent. */
export class WebhookEndpoint extends WebhookEndpointSchema.class {}
WebhookEndpointSchema.setClass(WebhookEndpoint);
