import { defineEndpoint } from '../api/define-endpoint.ts';
import { apiFields, completeObject } from '../api/field-schemas.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';
import { listDailySales } from './daily-sales.queries.ts';

const businessDate = { type: 'string', format: 'date', mustBe: 'a date, YYYY-MM-DD' } as const;

const query = {
  type: 'object',
  properties: {
    from: { ...businessDate, description: 'First date, in the billing time zone.' },
    through: { ...businessDate, description: 'Last date, at most 92 days in all.' },
    service: { ...apiFields.code, description: 'Only sales of the service with this code.' },
  },
  required: ['from', 'through'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

const daySchema = completeObject('DailySales', {
  date: { type: 'string', format: 'date', description: 'Business date.' },
  charges: { type: 'integer', description: 'Charges that were captured.' },
  charged: { type: 'integer', description: 'Sum of the captured amounts including tax.' },
  refunds: { type: 'integer', description: 'Refunds that were made, ours too.' },
  refunded: { type: 'integer', description: 'Sum of the refunds.' },
  clawbacks: { type: 'integer', description: 'Sum of what lines did not pay and you give back.' },
  recoveries: { type: 'integer', description: 'Sum of what lines paid after all.' },
  added_up: {
    type: 'boolean',
    description:
      'True if a night has added the date up. Otherwise it is counted as it stands now, and still changes. A charge that is booked late changes the date again.',
  },
});

export const dailyReportSchema = completeObject('DailyReport', {
  currency: apiFields.currency,
  items: {
    type: 'array',
    items: daySchema,
    description: 'Dates in their order; those without sales are left out.',
  },
});

const daily = defineEndpoint({
  name: 'getDailyReport',
  method: 'get',
  path: '/v1/reports/daily',
  permission: 'daily-sales:read',
  summary: 'Get sales by day',
  description: 'Returns what you sold and gave back on each date, today as it stands now.',
  query,
  exampleQuery: { from: '2026-05-01', through: '2026-05-31' },
  status: 200,
  response: dailyReportSchema,
  problems: ['service-not-found'],
  handle: async (deps, { actor, query: { from, through, service } }) => {
    const days = await listDailySales(deps, actor, { from, through, serviceCode: service });
    return {
      currency: deps.config.currency,
      items: days.map((day) => ({
        date: day.date,
        charges: day.chargeCount,
        charged: Number(day.chargedMinor),
        refunds: day.refundCount,
        refunded: Number(day.refundedMinor),
        clawbacks: Number(day.clawbackMinor),
        recoveries: Number(day.recoveredMinor),
        added_up: day.isAddedUp,
      })),
    };
  },
});

/** Sums over a company's sales. */
export const reportEndpoints = [daily];
