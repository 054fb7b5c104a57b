import { ID_PATTERN } from './ids.ts';
import { Problem } from './problem.ts';

/** The kinds of objects with a public identifier, and the prefix of each. */
const publicIdPrefixes = {
  charge: 'ch',
  subscription: 'sb',
  consent: 'cs',
  approval: 'ap',
  enquiry: 'eq',
  'payment-request': 'pr',
  refund: 'rf',
  event: 'evt',
  'webhook-endpoint': 'we',
  'webhook-delivery': 'wd',
  'usage-file': 'uf',
} as const;

export type PublicKind = keyof typeof publicIdPrefixes;

/** What companies sell and subscribers confirm. */
export const soldKinds = ['charge', 'subscription', 'consent'] as const satisfies readonly PublicKind[];
export type SoldKind = (typeof soldKinds)[number];

export function isSoldKind(kind: PublicKind): kind is SoldKind {
  return (soldKinds as readonly PublicKind[]).includes(kind);
}

const kinds = Object.keys(publicIdPrefixes) as PublicKind[];
const BARE_ID = new RegExp(`^${ID_PATTERN}$`);

/** What the public identifiers of one kind begin with, before the underscore. */
export function publicIdPrefix(kind: PublicKind): string {
  return publicIdPrefixes[kind];
}

/** The pattern of the public identifiers of one kind as we write them, for schemas. */
export function publicIdPattern(kind: PublicKind): string {
  return `^${publicIdPrefixes[kind]}_${ID_PATTERN}$`;
}

/** The pattern of an identifier of one kind in a request: with its prefix or without. */
export function takenIdPattern(kind: PublicKind): string {
  return `^(${publicIdPrefixes[kind]}_)?${ID_PATTERN}$`;
}

/** A stored identifier as the public one: `ch_01J…`. */
export function publicId(kind: PublicKind, id: string): string {
  return `${publicIdPrefixes[kind]}_${id}`;
}

/** The stored identifier that a text names, with the prefix of its kind or without one; undefined when it names none of this kind. */
export function parsePublicId(kind: PublicKind, text: string): string | undefined {
  if (BARE_ID.test(text)) return text;
  const named = readPublicId(text);
  return named?.kind === kind ? named.id : undefined;
}

/**
 * The stored identifier of a public one that was sent to us. A text in another form is not found either.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`, `approval-not-found`,
 * `enquiry-not-found`, `payment-request-not-found`, `refund-not-found`, `event-not-found`,
 * `webhook-endpoint-not-found`, `webhook-delivery-not-found`, `usage-file-not-found`; for an identifier of another kind, with a detail that names that kind
 */
export function requireStoredId(kind: PublicKind, text: string | undefined): string {
  const id = text === undefined ? undefined : parsePublicId(kind, text);
  if (id !== undefined) return id;
  const detail = text === undefined ? undefined : describeOtherKind(kind, text);
  throw new Problem(`${kind}-not-found`, {
    ...(detail !== undefined && { detail: `The identifier ${detail}.` }),
  });
}

/** Like `requireStoredId`, of an identifier that may be left out. */
export function takenStoredId(kind: PublicKind, text: string | undefined): string | undefined {
  return text === undefined ? undefined : requireStoredId(kind, text);
}

/** What is wrong with an identifier of another kind, after the name of its field: `must be …`; undefined for anything else. */
export function describeOtherKind(kind: PublicKind, text: string): string | undefined {
  const named = readPublicId(text);
  if (named === undefined || named.kind === kind) return undefined;
  return `must be ${withArticle(kind)}, ${publicIdPrefixes[kind]}_…; ${text} names ${withArticle(named.kind)}`;
}

function withArticle(kind: PublicKind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** What a public identifier with its prefix names; undefined when it names nothing. */
export function readPublicId(text: string): { kind: PublicKind; id: string } | undefined {
  const end = text.indexOf('_');
  const [prefix, id] = [text.slice(0, Math.max(end, 0)), text.slice(end + 1)];
  const kind = kinds.find((candidate) => publicIdPrefixes[candidate] === prefix);
  return kind !== undefined && BARE_ID.test(id) ? { kind, id } : undefined;
}
