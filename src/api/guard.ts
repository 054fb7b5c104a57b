import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { ApiStep } from './api-context.ts';
import { emptySchema, type AnyEndpoint } from './define-endpoint.ts';
import { invalidRequest } from './invalid-request.ts';
import { compileTextSchema, compileSchema, type SchemaCheck } from '../shared/schema-check.ts';

/** Refuses requests that do not match the schemas of the operation. Unknown fields are refused, and values are not converted. */
export function guard(endpoint: AnyEndpoint): ApiStep {
  const checkQuery = compileTextSchema(endpoint.query ?? emptySchema);
  const checkBody = compileSchema(endpoint.body ?? emptySchema);
  return async (ctx, next) => {
    assertUtf8(ctx.querystring);
    // A parameter that is given twice is an array, which no schema accepts.
    ctx.state.query = assertMatches(checkQuery, ctx.query, 'query');
    // What stands for a file was written by ourselves.
    if (endpoint.method !== 'get' && !endpoint.upload)
      ctx.state.body = assertMatches(checkBody, ctx.state.body, 'body');
    ctx.state.params = (ctx as { params?: Record<string, string> }).params ?? {};
    await next();
  };
}

/** A filter with garbled text would find nothing, as if the sale did not exist. */
function assertUtf8(query: string): void {
  try {
    decodeURIComponent(query);
  } catch {
    throw new Problem('invalid-request', { detail: 'The query is not UTF-8, written with % escapes.' });
  }
}

function assertMatches<T>(check: SchemaCheck<T>, value: unknown, place: 'query' | 'body'): T {
  const outcome = check(value);
  if (outcome.valid) return outcome.value;
  throw invalidRequest(place, outcome.errors);
}

/**
 * Checks our own responses against their schema, because partners rely on the document. A mismatch is a bug: it fails in
 * development and in tests; in production it is logged and the response is sent.
 */
export function guardResponse(
  deps: Pick<Deps, 'config' | 'log'>,
  endpoint: AnyEndpoint,
): (body: unknown) => void {
  const check = compileSchema(endpoint.response);
  return (body) => {
    const outcome = check(body);
    if (outcome.valid) return;
    const broken = new Error(
      `${endpoint.name} responds against its schema: ${JSON.stringify(outcome.errors)}`,
    );
    if (deps.config.mode === 'development') throw broken;
    deps.log.error({ err: broken }, 'answer-against-schema');
  };
}
