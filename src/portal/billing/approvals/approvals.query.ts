import { approvalKinds } from '../../../approval-kinds.ts';
import { takenIdPattern } from '../../../shared/public-id.rules.ts';
import type { FromSchema, ObjectSchema } from '../../../shared/schema-type.ts';

/** Whose proposals a list shows: those of others that wait, the person's own, or those that wait no more. */
export const lists = ['waiting', 'own', 'decided'] as const;

/** The filter of the list, in its address. */
export const approvalsQuery = {
  type: 'object',
  properties: {
    list: { enum: lists },
    kind: { enum: approvalKinds.map(({ kind }) => kind) },
    after: { type: 'string', pattern: takenIdPattern('approval') },
  },
  required: [],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export type ApprovalsQuery = FromSchema<typeof approvalsQuery>;

/** The address of the list with a filter. */
export function approvalsHref(query: { readonly [K in keyof ApprovalsQuery]?: string | undefined }): string {
  const given = Object.entries(query).filter(([, text]) => text !== undefined && text !== 'waiting');
  const search = new URLSearchParams(given as [string, string][]).toString();
  return `/billing/approvals${search && `?${search}`}`;
}
