import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import type { ObjectSchema, Schema } from '../../shared/schema-type.ts';

/**
 * The objects that deserve a section of their own, by their names: all that have one and are answered by several
 * operations, or are part of something else. What only one operation answers is described with it.
 */
export function referenceObjects(endpoints: readonly AnyEndpoint[]): ReadonlyMap<string, ObjectSchema> {
  const objects = new Map<string, ObjectSchema>();
  const bodies = endpoints.map(({ documentedBody, body }) => documentedBody ?? body);
  for (const { answer } of endpoints) {
    const answeredBy = endpoints.filter((other) => other.answer.title === answer.title).length;
    if (answeredBy > 1) collect(answer, objects);
    else collectParts(answer, objects);
  }
  for (const body of bodies) if (body) collectParts(body, objects);
  return objects;
}

function collect(schema: Schema, objects: Map<string, ObjectSchema>): void {
  const { title, type, properties } = schema;
  if (title !== undefined && type === 'object' && properties) {
    if (objects.has(title)) return;
    objects.set(title, { ...schema, type, properties });
  }
  collectParts(schema, objects);
}

function collectParts({ properties = {}, items }: Schema, objects: Map<string, ObjectSchema>): void {
  for (const part of Object.values(properties)) collect(part, objects);
  if (items) collect(items, objects);
}
