import { Problem, type FieldError } from '../shared/problem.ts';

/** The refusal of a query, a body or an item of one that does not match its schema. The detail names the first bad field. */
export function invalidRequest(place: 'query' | 'body' | 'item', errors: readonly FieldError[]): Problem {
  const [first, ...others] = errors;
  const name = first?.pointer ? first.pointer : 'it';
  const more = others.length === 0 ? '' : ` (${others.length} more in \`errors\`)`;
  const detail = `The ${place} does not match its schema: ${name} ${first?.message ?? 'is wrong'}${more}.`;
  return new Problem('invalid-request', { detail, errors });
}
