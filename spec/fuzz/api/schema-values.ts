import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, DocumentSchema } from './api-document.ts';

/** Values that exist in the world under test, by the name of their member. */
export type Vocabulary = Readonly<Record<string, readonly unknown[]>>;

/** Readable text of various scripts. */
const letters = fc.constantFrom(
  ...'aZ09 .-_/\'"<>&%\\;{}束ね動画ｱﾞ한글äßЖ𠮷🍣👨‍👩‍👧'.match(/./gu)!,
  'e\u0301',
  '\u00a0',
);

/** Around the time of the world under test. */
const instants = fc
  .date({ min: new Date('2026-04-01'), max: new Date('2026-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Values that match a schema. A member of the vocabulary mostly gets its values from there. */
export function valuesOf(
  api: ApiDocument,
  given: DocumentSchema,
  words: Vocabulary,
  name = '',
): Arbitrary<unknown> {
  const schema = api.resolve(given);
  const fits = (value: unknown) => api.findFault(given, value) === undefined;
  const known = (words[name] ?? []).filter(fits);
  const drawn = drawFrom(api, schema, words).filter(fits);
  if (known.length === 0) return drawn;
  return fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 9 }, { arbitrary: drawn, weight: 1 });
}

function drawFrom(api: ApiDocument, schema: DocumentSchema, words: Vocabulary): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type].flat();
  if (types.length > 1)
    return fc.oneof(...types.map((type) => drawFrom(api, { ...schema, type: type! }, words)));
  switch (schema.type) {
    case 'object':
      return objects(api, schema, words);
    case 'array':
      return arrays(api, schema, words);
    case 'integer':
      return integers(schema);
    case 'boolean':
      return fc.boolean();
    case 'string':
      return texts(schema);
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`the fuzzing knows no values for ${JSON.stringify(schema)}`);
  }
}

function objects(api: ApiDocument, schema: DocumentSchema, words: Vocabulary): Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [
    name,
    valuesOf(api, member, words, name),
  ]);
  return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
    requiredKeys: [...(schema.required ?? [])],
    noNullPrototype: true,
  });
}

function arrays(api: ApiDocument, schema: DocumentSchema, words: Vocabulary): Arbitrary<unknown> {
  const { items = {}, minItems = 0, maxItems = 5 } = schema;
  return fc.array(valuesOf(api, items, words), { minLength: minItems, maxLength: Math.min(maxItems, 5) });
}

function integers({ minimum = -1_000, maximum = 1_000 }: DocumentSchema): Arbitrary<number> {
  const small = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 300) });
  return fc.oneof(
    { arbitrary: small, weight: 6 },
    fc.integer({ min: minimum, max: maximum }),
    fc.constant(maximum),
  );
}

function texts({ pattern, format, minLength = 0, maxLength = 60 }: DocumentSchema): Arbitrary<string> {
  if (format === 'date-time') return instants;
  if (format === 'date') return instants.map((instant) => instant.slice(0, 10));
  if (format === 'uri') return fc.webUrl({ withQueryParameters: true, withFragments: true });
  // For patterns that the library cannot draw from (look-around, Unicode classes), draws any text and filters it.
  if (pattern !== undefined && !/\(\?|\\p/.test(pattern)) return fc.stringMatching(new RegExp(pattern));
  const longest = fc.constantFrom('x', '束', '𠮷').map((letter) => letter.repeat(maxLength));
  return fc.oneof({ arbitrary: fc.string({ unit: letters, minLength, maxLength }), weight: 9 }, longest);
}
