/** By what people are searched: what reaches them, or the beginning of a name or its kana. */
const personSearchKinds = ['telephone', 'email', 'name'] as const;
export type PersonSearchKind = (typeof personSearchKinds)[number];

/**
 * By what a search looks for people; undefined for one that looks for lines, numbers or amounts alone. What may be a line ID has digits,
 * and is no name of a person.
 */
export function personSearchKindOf(
  terms: Readonly<Partial<Record<PersonSearchKind | 'lineId', unknown>>>,
): PersonSearchKind | undefined {
  const kind = personSearchKinds.find((one) => terms[one] !== undefined);
  return kind === 'name' && terms.lineId !== undefined ? undefined : kind;
}
