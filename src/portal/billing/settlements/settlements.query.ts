import { monthStates } from '../../../settlements/month-settlements.queries.ts';
import type { FromSchema, ObjectSchema } from '../../../shared/schema-type.ts';

/** The filter of the list, in its address. */
export const settlementsQuery = {
  type: 'object',
  properties: {
    period: { type: 'string', pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$` },
    state: { enum: monthStates },
    only: { enum: ['outliers'] },
    after: { type: 'string', maxLength: 60 },
  },
  required: [],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export type SettlementsQuery = FromSchema<typeof settlementsQuery>;

/** The address of the list with a filter. */
export function settlementsHref(query: {
  readonly [K in keyof SettlementsQuery]?: string | undefined;
}): string {
  const given = Object.entries(query).filter(([, text]) => text !== undefined && text !== '');
  const search = new URLSearchParams(given as [string, string][]).toString();
  return `/billing/settlements${search && `?${search}`}`;
}

/** The address of one settlement, or of what is done with it. */
export function settlementHref(number: string, act?: string): string {
  return `/billing/settlements/${encodeURIComponent(number)}${act === undefined ? '' : `/${act}`}`;
}
