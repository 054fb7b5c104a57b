import { webAddress } from '../shared/address.rules.ts';
import {
  publicIdPattern,
  publicIdPrefix,
  takenIdPattern,
  type PublicKind,
} from '../shared/public-id.rules.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import type { Schema } from '../shared/schema-type.ts';

/** Largest amount that the API accepts; a contract sets a lower maximum of its own. */
const MAX_AMOUNT = 9_999_999;

/** Schemas of fields that several operations share. */
export const apiFields = {
  amount: {
    type: 'integer',
    minimum: 1,
    maximum: MAX_AMOUNT,
    description: 'Amount including tax, in minor units of the currency (yen), written in plain digits.',
  },
  taxCode: {
    enum: ['standard', 'reduced'],
    description: 'Consumption tax category of the amount. Digital content is always `standard`.',
  },
  description: {
    ...readableText(120),
    description:
      'What is sold. The subscriber reads it on the confirmation page and on the invoice. Line breaks, control characters, private-use characters, invisible characters, characters that change the direction of writing, and a blank at either end are refused.',
  },
  reference: {
    ...readableText(64),
    description:
      'Your own reference for this sale, such as an order number. Nobody else sees it; lists can be filtered by it. It may contain the same characters as `description`.',
  },
  itemKey: {
    type: 'string',
    minLength: 1,
    maxLength: 64,
    pattern: '^[!-~]+$',
    mustBe: '1 to 64 visible ASCII characters, without blanks',
    description:
      'Your unique key for this one use, in visible ASCII characters. Under one consent, a key is charged only once, for ever: if the same use is sent again, the existing charge is returned; a different use with the same key is refused (`item-key-reused`).',
  },
  code: {
    type: 'string',
    minLength: 1,
    maxLength: 32,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    mustBe: '1 to 32 letters, digits and . _ -, a letter or digit first',
    description: 'Code of the service, as registered.',
  },
  returnUrl: {
    ...webAddress,
    description:
      'Where the browser returns after the decision. It must be on the site registered for the service. Two parameters are added: `tabane_id`, the identifier of the object, and `tabane_state`, the outcome (`authorized`, `captured`, `active`, `declined`, `withdrawn` or `expired`). Anybody can type such an address: read the object from the API before you deliver.',
  },
  confirmUrl: {
    type: ['string', 'null'],
    format: 'uri',
    description:
      'Send the subscriber to this address to confirm or decline. Null unless the state is `pending`.',
  },
  currency: { enum: ['JPY', 'EUR'], description: 'ISO 4217 currency code. It determines the minor unit.' },
  instant: { type: 'string', format: 'date-time', description: 'Time in UTC, with milliseconds.' },
  maybeInstant: { type: ['string', 'null'], format: 'date-time' },
  maybeDate: { type: ['string', 'null'], format: 'date' },
} as const;

/** Parameters of every list. */
export const pageQuery = {
  limit: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 20,
    description: 'Maximum number of items on the page.',
  },
} as const;

/** A public identifier of one kind. */
export function idOf(kind: PublicKind) {
  return { type: 'string', pattern: publicIdPattern(kind) } as const;
}

/** An identifier of one kind in a request: with its prefix, as in responses, or without. */
export function takenIdOf(kind: PublicKind) {
  const mustBe = `the identifier of a ${kind}: ${publicIdPrefix(kind)}_ and 26 characters, or these alone`;
  return { type: 'string', pattern: takenIdPattern(kind), mustBe } as const;
}

/** The schema of an object in a response: every member is present, and null if it has no value. */
export function completeObject<const P extends Readonly<Record<string, Schema>>>(
  title: string,
  properties: P,
) {
  const required = Object.keys(properties) as readonly (keyof P & string)[];
  return { type: 'object', title, properties, required, additionalProperties: false } as const;
}

/** The schema of a list: a page, newest first, and the cursor of the next page. */
export function pageOf<const I extends Schema>(title: string, item: I, kind: PublicKind) {
  return completeObject(title, {
    items: { type: 'array', items: item, description: 'Items of the page, newest first.' },
    next: {
      type: ['string', 'null'],
      pattern: publicIdPattern(kind),
      description: 'Cursor of the next page: send it as `after`. Null on the last page.',
    },
  });
}
