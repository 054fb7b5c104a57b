import { READABLE } from '../../shared/readable-text.rules.ts';
import type { Schema } from '../../shared/schema-type.ts';

/** Schemas by their title, as `components.schemas` holds them. */
export type Components = Record<string, unknown>;

/** Whether a schema describes requests or responses. Members may be added to responses later. */
export type Direction = 'sent' | 'returned';

/**
 * Copies a schema for the document. Each schema with a title moves to the components and is referenced, so that
 * generated clients have one type per object.
 */
export function hoistSchemas(schema: Schema, components: Components, direction: Direction): unknown {
  const { title } = schema;
  const { mustBe: _words, ...copy } = mapSchemas(schema, (inner) =>
    hoistSchemas(inner, components, direction),
  );
  // Its look-around breaks clients in other languages than JavaScript; the description says the same in words.
  if (copy['pattern'] === READABLE) delete copy['pattern'];
  if (direction === 'returned') delete copy['additionalProperties'];
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
