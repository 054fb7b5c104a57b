import { defineEntity, p } from '@mikro-orm/mariadb';

export const ApiRequestSchema = defineEntity({
  name: 'ApiRequest',
  tableName: 'api_request',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    /** As the response named it: `X-Request-Id`. */
    requestId: p.string().length(64),
    at: p.datetime(3),
    apiKeyId: p.character().length(26),
    method: p.string().length(6),
    /** The pattern of the path: `/v1/charges/:id`. */
    route: p.string().length(120),
    path: p.string().length(200),
    status: p.smallint().unsigned(),
    problem: p.string().length(60).nullable(),
    durationMs: p.integer().unsigned(),
    idempotencyKey: p.string().length(255).nullable(),
    address: p.string().length(45),
    /** Without secrets, cut; null without a body, or for one that is long or no JSON. */
    requestBody: p.text().nullable(),
    responseBody: p.text().nullable(),
  },
});

/** A request of a company's program, as its people read it. */
export class ApiRequest extends ApiRequestSchema.class {}
ApiRequestSchema.setClass(ApiRequest);

export const ApiRequestCountSchema = defineEntity({
  name: 'ApiRequestCount',
  tableName: 'api_request_count',
  properties: {
    countedOn: p.date().primary(),
    companyId: p.integer().unsigned().primary(),
    seen: p.bigint().unsigned(),
    logged: p.bigint().unsigned(),
  },
});

/** How many requests of a company came on a day, and how many of them are in the log. */
export class ApiRequestCount extends ApiRequestCountSchema.class {}
ApiRequestCountSchema.setClass(ApiRequestCount);
