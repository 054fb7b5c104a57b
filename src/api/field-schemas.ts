import { webAddress } from '../shared/address.rules.ts';
import { publicIdPattern, publicIdPrefix, type PublicKind } from '../shared/public-id.rules.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import type { Schema } from '../shared/schema-type.ts';

/** Largest amount the API takes; a contract sets its own, lower maximum. */
const MAX_AMOUNT = 9_999_999;

/** Members that several requests share. */
export const apiFields = {
  amount: {
    type: 'integer',
    minimum: 1,
    maximum: MAX_AMOUNT,
    description: 'Tax-inclusive amount in minor units of the currency (yen), written as plain digits.',
  },
  taxCode: {
    enum: ['standard', 'reduced'],
    description: 'Consumption tax the amount includes. Digital content is `standard`.',
  },
  description: {
    ...readableText(120),
    description:
      'What is sold, as the subscriber reads it on the confirmation page and on the invoice. Without control characters, line breaks, private or lost characters, marks that are not seen or turn the direction of writing, and without a blank at either end.',
  },
  reference: {
    ...readableText(64),
    description:
      'Your own name for this sale, such as an order number; shown to nobody else. Lists can be searched by it. Of the same characters as a description.',
  },
  itemKey: {
    type: 'string',
    minLength: 1,
    maxLength: 64,
    pattern: '^[!-~]+$',
    mustBe: '1 to 64 visible ASCII characters, without blanks',
    description:
      'Your own key of this very use, visible ASCII characters. Under a consent a key is charged once, for ever: the same use sent again under it is answered with its charge, another one is refused (`item-key-reused`).',
  },
  code: {
    type: 'string',
    minLength: 1,
    maxLength: 32,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    mustBe: '1 to 32 letters, digits and . _ -, a letter or digit first',
    description: 'Code of the service, as it was registered.',
  },
  returnUrl: {
    ...webAddress,
    description:
      'Where the browser goes after the decision; must be on the site of the service. Two parameters are added: `tabane_id`, what was decided on, and `tabane_state`, what became of it (`authorized`, `captured`, `active`, `declined`, `withdrawn` or `expired`). Anybody can type them: read the object from here before you deliver.',
  },
  confirmUrl: {
    type: ['string', 'null'],
    format: 'uri',
    description: 'Send the subscriber here to confirm or decline; null once that is done.',
  },
  currency: { enum: ['JPY', 'EUR'], description: 'ISO 4217 code; decides the minor unit.' },
  instant: { type: 'string', format: 'date-time', description: 'UTC, with milliseconds.' },
  maybeInstant: { type: ['string', 'null'], format: 'date-time' },
  maybeDate: { type: ['string', 'null'], format: 'date' },
} as const;

/** Parameters of every list. */
export const pageQuery = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'How many at most.' },
} as const;

/** A public identifier of one kind. */
export function idOf(kind: PublicKind) {
  const mustBe = `an identifier that begins with ${publicIdPrefix(kind)}_, as an answer gave it`;
  return { type: 'string', pattern: publicIdPattern(kind), mustBe } as const;
}

/** An object of an answer: every member is always there, null where there is nothing to say. */
export function completeObject<const P extends Readonly<Record<string, Schema>>>(
  title: string,
  properties: P,
) {
  const required = Object.keys(properties) as readonly (keyof P & string)[];
  return { type: 'object', title, properties, required, additionalProperties: false } as const;
}

/** The answer of a list: a page from the newest, and where the next one begins. */
export function pageOf<const I extends Schema>(title: string, item: I, kind: PublicKind) {
  return completeObject(title, {
    items: { type: 'array', items: item, description: 'Newest first.' },
    next: {
      type: ['string', 'null'],
      pattern: publicIdPattern(kind),
      description: 'Give it as `after` for the next page; null on the last one.',
    },
  });
}
