import type { Config } from '../../config/config.ts';
import type { Actor } from '../access/actor.ts';
import { publishedTypes, type PublishedType } from '../published-events/published-types.ts';
import { authorizeTypes, readableTypes } from '../published-events/readable-types.ts';
import { compileInputCheck, invalidInput } from '../shared/check-input.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import { findNewUrlFault, MAX_URL } from './endpoint-url.rules.ts';

/** What a company says of an endpoint. */
export interface EndpointTerms {
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  /** Null: every type. */
  readonly eventTypes?: readonly PublishedType[] | null | undefined;
}

const check = compileInputCheck<EndpointTerms>({
  url: { type: ['string', 'null'], minLength: 1, maxLength: MAX_URL },
  description: { ...readableText(120), type: ['string', 'null'] },
  eventTypes: { type: ['array', 'null'], items: { enum: publishedTypes }, minItems: 1, uniqueItems: true },
});

/**
 * @throws Problem `invalid-request` that names the field, also for an address to which nothing may be sent; `api-key-scope-missing`,
 * `permission-denied` for types that the actor may not read
 */
export function checkTerms({ webhooks }: Config, actor: Actor, terms: EndpointTerms): void {
  check(terms);
  const fault = terms.url === undefined ? undefined : findNewUrlFault(terms.url, webhooks);
  if (fault !== undefined) throw invalidInput([{ pointer: '/url', message: fault }]);
  authorizeTypes(actor, terms.eventTypes ?? []);
}

/** The types as they are stored: all types are, for an actor that may not read all, those that it may read. */
export function typesFor(
  actor: Actor,
  eventTypes: readonly PublishedType[] | null,
): readonly PublishedType[] | null {
  return eventTypes ?? readableTypes(actor);
}
