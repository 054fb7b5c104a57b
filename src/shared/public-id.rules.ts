import { ID_PATTERN } from './ids.ts';
import { Problem } from './problem.ts';

/** What is shown outside under an identifier of its own, and the prefix that tells which it is. */
const publicIdPrefixes = { charge: 'ch', subscription: 'sb', consent: 'cs', approval: 'ap' } as const;

export type PublicKind = keyof typeof publicIdPrefixes;

/** What the public identifiers of one kind begin with, before the underscore. */
export function publicIdPrefix(kind: PublicKind): string {
  return publicIdPrefixes[kind];
}

/** The pattern of the public identifiers of one kind, for schemas. */
export function publicIdPattern(kind: PublicKind): string {
  return `^${publicIdPrefixes[kind]}_${ID_PATTERN}$`;
}

/** A stored identifier as the outside knows it: `ch_01J…`. */
export function publicId(kind: PublicKind, id: string): string {
  return `${publicIdPrefixes[kind]}_${id}`;
}

/** The stored identifier behind a public one; undefined when it is not one of this kind. */
export function parsePublicId(kind: PublicKind, text: string): string | undefined {
  return new RegExp(publicIdPattern(kind)).test(text)
    ? text.slice(publicIdPrefixes[kind].length + 1)
    : undefined;
}

/**
 * The stored identifier behind a public one that was sent to us: what is not even shaped like one names nothing.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`, `approval-not-found`
 */
export function requireStoredId(kind: PublicKind, text: string | undefined): string {
  const id = text === undefined ? undefined : parsePublicId(kind, text);
  if (id === undefined) throw new Problem(`${kind}-not-found`);
  return id;
}

/** What a public identifier names; undefined when it names nothing. */
export function readPublicId(text: string): { kind: PublicKind; id: string } | undefined {
  for (const kind of Object.keys(publicIdPrefixes) as PublicKind[]) {
    const id = parsePublicId(kind, text);
    if (id !== undefined) return { kind, id };
  }
  return undefined;
}
