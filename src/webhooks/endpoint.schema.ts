import { apiFields, completeObject, idOf, takenIdOf } from '../api/field-schemas.ts';
import { givenInstant } from '../api/list-filters.ts';
import { publishedTypes } from '../published-events/published-types.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

import { ENDPOINT_URL, MAX_URL, OWN_URL } from './endpoint-url.rules.ts';
import { MAX_OVERLAP_HOURS } from './rotate-secret.ts';

const types = {
  type: ['array', 'null'],
  items: { enum: publishedTypes },
  description: 'The types of event that are sent; null for all, and those that will be added.',
} as const;

export const endpointSchema = completeObject('WebhookEndpoint', {
  id: { ...idOf('webhook-endpoint'), description: 'Identifier of the endpoint.' },
  url: { type: 'string', description: 'Where events are sent.' },
  description: { type: ['string', 'null'], description: 'Your own description.' },
  event_types: types,
  state: {
    enum: ['enabled', 'disabled'],
    description: '`enabled`: events are sent. `disabled`: nothing is sent.',
  },
  state_reason: {
    enum: ['company', 'failing', 'gone', null],
    description:
      'Why it is disabled. `company`: you did so. `failing`: nothing was accepted for five days. `gone`: it answered 410.',
  },
  secret: {
    type: ['string', 'null'],
    description:
      'What messages are signed with, `whsec_` and 32 bytes in base64. Shown once, in the first response of the request that made it; null in every other response, also in a repeated one.',
  },
  previous_secret_until: {
    ...apiFields.maybeInstant,
    description: 'Until when the secret before the last rotation signs too.',
  },
  public_key: {
    type: ['string', 'null'],
    description:
      'Key of ed25519 to verify the `v1a` signatures with, `whpk_` and 32 bytes in base64. Null for an endpoint without such signatures.',
  },
  failing_since: {
    ...apiFields.maybeInstant,
    description: 'Since when every attempt has failed. Null while the last one was accepted.',
  },
  last_succeeded_at: { ...apiFields.maybeInstant, description: 'When an event was last accepted.' },
  created_at: { ...apiFields.instant, description: 'When the endpoint was created.' },
});

const url = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_URL,
  pattern: ENDPOINT_URL,
  mustBe: `a web address of at most ${MAX_URL} ASCII characters that begins with https:// and a host name, without a part after #`,
  description:
    'Where events are sent: `https://` and a host name, on the public internet, with a certificate that a browser accepts. Redirects are not followed.',
} as const;
const description = { ...readableText(120), description: 'Your own description, for the list.' } as const;
const wanted = {
  ...types,
  minItems: 1,
  uniqueItems: true,
  description:
    'The types of event to send; null for all, and those that will be added. Each takes the scope to read what it tells, as the guide lists; null from a key without all of these scopes is stored as the list of the types that it may read.',
} as const;

/** As it is checked: whether addresses of this machine are allowed is a setting, which the use case knows. */
const checkedUrl = { ...url, pattern: `${ENDPOINT_URL}|${OWN_URL}` } as const;

export const newEndpointSchema = {
  type: 'object',
  title: 'NewWebhookEndpoint',
  properties: {
    url,
    description,
    event_types: wanted,
    signing_key: {
      type: 'boolean',
      description:
        'Whether messages have a `v1a` signature of ed25519 besides, which is verified with a public key. False by default.',
    },
  },
  required: ['url'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const checkedNewEndpointSchema = {
  ...newEndpointSchema,
  properties: { ...newEndpointSchema.properties, url: checkedUrl },
} as const satisfies ObjectSchema;

export const endpointEditSchema = {
  type: 'object',
  title: 'WebhookEndpointEdit',
  properties: {
    url,
    description: { ...description, type: ['string', 'null'] },
    event_types: wanted,
    state: {
      enum: ['enabled', 'disabled'],
      description:
        '`disabled` ends what waits to be sent. After `enabled` events from then on are sent; ask for a replay of what was missed.',
    },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const checkedEndpointEditSchema = {
  ...endpointEditSchema,
  properties: { ...endpointEditSchema.properties, url: checkedUrl },
} as const satisfies ObjectSchema;

export const rotationSchema = {
  type: 'object',
  title: 'SecretRotation',
  properties: {
    overlap_hours: {
      type: 'integer',
      minimum: 0,
      maximum: MAX_OVERLAP_HOURS,
      description:
        'For how many hours the present secret signs too, 24 by default. 0 for a secret that has leaked.',
    },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const replaySchema = {
  type: 'object',
  title: 'WebhookReplay',
  properties: {
    event: { ...takenIdOf('event'), description: 'The one event to send again. Either this or `since`.' },
    since: {
      ...givenInstant,
      description:
        'Send events numbered at this time or later, of the types that the endpoint wants. At most 30 days ago: read older events from the list.',
    },
    only_missed: {
      type: 'boolean',
      description: 'With `since`: leaves out what the endpoint has accepted. True by default.',
    },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const replayedSchema = completeObject('WebhookReplayStarted', {
  endpoint: { ...idOf('webhook-endpoint'), description: 'The endpoint that events are sent to again.' },
  events: {
    type: 'integer',
    description:
      'How many events lie in that time. Those of other types, and with `only_missed` those that were accepted, are not sent.',
  },
});

const attemptSchema = completeObject('WebhookAttempt', {
  number: { type: 'integer', description: 'Counts the attempts from 1.' },
  started_at: { ...apiFields.instant, description: 'When the attempt began.' },
  duration_ms: { type: 'integer', description: 'How long it took, in milliseconds.' },
  status: { type: ['integer', 'null'], description: 'HTTP status of the answer. Null without one.' },
  error: {
    type: ['string', 'null'],
    description:
      'Why there was no answer: `timeout`, `connection-refused`, `connection-closed`, `connection-failed`, `unreachable`, `certificate`, `name-not-found`, `address-refused` for a name that leads to an address outside the public internet, `url-refused`, or `message-failed` and `signing-failed` when we could not make or sign the message.',
  },
  response: { type: ['string', 'null'], description: 'What the answer began with, at most 1 kB.' },
});

export const deliverySchema = completeObject('WebhookDelivery', {
  id: { ...idOf('webhook-delivery'), description: 'Identifier of the delivery.' },
  endpoint: { ...idOf('webhook-endpoint'), description: 'The endpoint that it goes to.' },
  kind: {
    enum: ['event', 'replay', 'test'],
    description: '`event`: what happened. `replay`: sent again by request. `test`: a test event.',
  },
  event: {
    ...idOf('event'),
    type: ['string', 'null'],
    description: 'The event. Null for a test.',
  },
  event_type: { type: ['string', 'null'], description: 'Type of the event. Null for a test.' },
  state: {
    enum: ['pending', 'succeeded', 'failed', 'cancelled'],
    description:
      '`pending`: to be sent. `succeeded`: the endpoint answered 2xx. `failed`: given up. `cancelled`: the endpoint was disabled or deleted first.',
  },
  created_at: { ...apiFields.instant, description: 'When the delivery was queued.' },
  next_attempt_at: {
    ...apiFields.maybeInstant,
    description: 'When it is tried next, or later while the endpoint is left alone. Null once it is over.',
  },
  finished_at: { ...apiFields.maybeInstant, description: 'When it was over.' },
  attempts: { type: 'array', items: attemptSchema, description: 'What was tried, in order, for 30 days.' },
});

/** What a list of deliveries is filtered by. */
export const deliveryFilters = {
  state: { enum: ['pending', 'succeeded', 'failed', 'cancelled'], description: 'Only those in this state.' },
} as const satisfies Readonly<Record<string, Schema>>;
