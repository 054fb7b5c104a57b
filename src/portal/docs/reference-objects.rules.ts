import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import { problemSchema } from '../../http/problem.schema.ts';
import type { ObjectSchema, Schema } from '../../shared/schema-type.ts';

/**
 * The objects with a section of their own, by their titles: those that several operations return, those that are
 * part of something else, and the problem. What only one operation returns is described at the operation.
 */
export function referenceObjects(endpoints: readonly AnyEndpoint[]): ReadonlyMap<string, ObjectSchema> {
  const objects = new Map<string, ObjectSchema>();
  const bodies = endpoints.map(({ documentedBody, body }) => documentedBody ?? body);
  for (const { response } of endpoints) {
    const returnedBy = endpoints.filter((other) => other.response.title === response.title).length;
    if (returnedBy > 1) collect(response, objects);
    else collectParts(response, objects);
  }
  for (const body of bodies) if (body) collectParts(body, objects);
  collect(problemSchema, objects);
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
