import { defineEndpoint, defineFile } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { pageQuery } from '../api/field-schemas.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';
import {
  getApprovedSettlement,
  listApprovedSettlementLines,
  listApprovedSettlements,
} from './own-settlements.queries.ts';
import { readApprovedStatement } from './read-own-statement.ts';
import {
  presentSettlement,
  presentSettlementDetails,
  presentSettlementLines,
} from './settlement.presenter.ts';
import { settlementDetailsSchema, settlementLinesSchema, settlementListSchema } from './settlement.schema.ts';

const permission = 'own-settlements:read';

const listQuery = {
  type: 'object',
  properties: {
    ...pageQuery,
    after: {
      type: 'string',
      pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
      mustBe: 'a month, YYYY-MM',
      description: 'Cursor: `next` of the previous page.',
    },
  },
  required: ['limit'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

const list = defineEndpoint({
  name: 'listSettlements',
  method: 'get',
  path: '/v1/settlements',
  permission,
  summary: 'List settlements',
  description:
    'Lists your approved settlements, the newest month first. A month is not shown before its approval.',
  query: listQuery,
  status: 200,
  response: settlementListSchema,
  problems: [],
  handle: async (deps, { actor, query: { limit, after } }) => {
    const rows = await listApprovedSettlements(deps, actor, { limit: limit + 1, after });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: shown.map((row) => presentSettlement(deps, row)), next: last?.billingPeriod ?? null };
  },
});

const get = defineEndpoint({
  name: 'getSettlement',
  method: 'get',
  path: '/v1/settlements/:id',
  permission,
  summary: 'Get a settlement',
  description: 'Returns an approved settlement by its number, with its transfers and clawbacks.',
  exampleId: exampleIds.settlement,
  status: 200,
  response: settlementDetailsSchema,
  problems: ['settlement-not-found'],
  handle: async (deps, { actor, params }) =>
    presentSettlementDetails(deps, await getApprovedSettlement(deps, actor, params['id'] ?? '')),
});

const listLines = defineEndpoint({
  name: 'listSettlementLines',
  method: 'get',
  path: '/v1/settlements/:id/lines',
  permission,
  summary: 'List the lines of a settlement',
  description:
    'Lists what an approved settlement is made of, by service and tax rate. Single charges and refunds: list them by `billing_period`.',
  exampleId: exampleIds.settlement,
  status: 200,
  response: settlementLinesSchema,
  problems: ['settlement-not-found'],
  handle: async (deps, { actor, params }) => {
    const number = params['id'] ?? '';
    return presentSettlementLines(number, await listApprovedSettlementLines(deps, actor, number));
  },
});

const statement = defineFile({
  name: 'getSettlementStatement',
  path: '/v1/settlements/:id/statement.pdf',
  permission,
  summary: 'Get the statement of a settlement',
  description:
    'Returns the statement as a PDF, byte for byte as it was issued; if it was corrected, the last correction.',
  exampleId: exampleIds.settlement,
  mediaType: 'application/pdf',
  problems: ['settlement-not-found', 'statement-not-found'],
  open: (deps, { actor, params }) => readApprovedStatement(deps, actor, params['id'] ?? ''),
});

/** What a company is paid, by month. */
export const settlementEndpoints = [list, get, listLines, statement];
