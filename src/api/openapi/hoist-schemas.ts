import { READABLE } from '../../shared/readable-text.rules.ts';
import type { Schema } from '../../shared/schema-type.ts';

/** Schemas by their title, as `components.schemas` holds them. */
export type Components = Record<string, unknown>;

/** Whether a schema tells what is sent to us, or what we answer: there members may be added. */
export type Direction = 'sent' | 'answered';

/**
 * Copies a schema for the document: every schema with a title moves to the components and leaves a reference,
 * so that generated clients get one type for each thing.
 */
export function hoistSchemas(schema: Schema, components: Components, direction: Direction): unknown {
  const { title } = schema;
  const { mustBe: _words, ...copy } = mapSchemas(schema, (inner) =>
    hoistSchemas(inner, components, direction),
  );
  // Its look-around is not understood outside of JavaScript, where it breaks the client; the description has it in words.
  if (copy['pattern'] === READABLE) delete copy['pattern'];
  if (direction === 'answered') delete copy['additionalProperties'];
  if (typeof title !== 'string') return copy;
  components[title] = copy;
  return { $ref: `#/components/schemas/${title}` };
}

function mapSchemas(schema: Schema, map: (schema: Schema) => unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...schema };
  if (schema.items) copy['items'] = map(schema.items);
  if (schema.anyOf) copy['anyOf'] = schema.anyOf.map(map);
  if (schema.properties) {
    const members = Object.entries(schema.properties);
    copy['properties'] = Object.fromEntries(members.map(([name, member]) => [name, map(member)]));
  }
  return copy;
}
