import type { Schema } from '../shared/schema-type.ts';
import { apiFields } from './field-schemas.ts';

/** With a zone, in this century: the database compares instants with it. */
const INSTANT = '^20\\d{2}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,3})?(Z|[+-]\\d{2}:\\d{2})$';
const MONTH = '^\\d{4}-(0[1-9]|1[0-2])$';

/** An instant that a company names. Without leap seconds, which no `Date` has. */
export const givenInstant = {
  type: 'string',
  format: 'date-time',
  pattern: INSTANT,
  mustBe: 'a time such as 2026-05-10T03:00:00Z',
} as const;

/** Query parameters of every list of sales and refunds. */
export const listFilters = {
  created_from: {
    ...givenInstant,
    description: 'Only those created at this time or later. Write `+` of a time zone as `%2B`.',
  },
  created_before: { ...givenInstant, description: 'Only those created before this time.' },
  service: { ...apiFields.code, description: 'Only those of the service with this code.' },
} as const satisfies Readonly<Record<string, Schema>>;

export const billingPeriodFilter = {
  type: 'string',
  pattern: MONTH,
  mustBe: 'a month, YYYY-MM',
  description: 'Only those of this billing period: what the settlement of that month is made of.',
} as const;

interface ListQuery {
  readonly created_from?: string | undefined;
  readonly created_before?: string | undefined;
  readonly service?: string | undefined;
}

/** The parameters of `listFilters` as use cases take them. */
export function readListFilters({ created_from: from, created_before: before, service }: ListQuery) {
  return {
    createdFrom: from === undefined ? undefined : new Date(from),
    createdBefore: before === undefined ? undefined : new Date(before),
    serviceCode: service,
  };
}
