import type { CompanyKeyActor } from '../access/actor.ts';
import type { Permission } from '../access/permissions.ts';
import type { Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Problem, ProblemCode } from '../shared/problem.ts';
import type { FromSchema, ObjectSchema, Schema } from '../shared/schema-type.ts';

/** A checked request of a company. */
export interface ApiRequest<Query, Body> {
  readonly actor: CompanyKeyActor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
}

/**
 * One operation of `/v1`: its one description makes the route, the checks of request and answer, and its
 * part of the OpenAPI document. A POST runs `handle` in the transaction of its Idempotency-Key.
 */
export interface Endpoint<Q extends ObjectSchema, B extends ObjectSchema, A extends ObjectSchema> {
  readonly name: string;
  readonly method: 'get' | 'post';
  /** With `:id` for a part that varies. */
  readonly path: string;
  /** Of the key that asks; the document names the scope that gives it. */
  readonly permission: Permission;
  readonly summary: string;
  readonly description: string;
  readonly query?: Q;
  readonly body?: B;
  /** What the document shows for the body where items are checked one by one and not with the whole. */
  readonly documentedBody?: ObjectSchema;
  readonly bodyLimitBytes?: number;
  readonly exampleBody?: FromSchema<B>;
  /** What stands for `:id` in examples. */
  readonly exampleId?: string;
  readonly status: 200 | 201;
  readonly answer: A;
  /** Refusals of its own, besides those every operation has. */
  readonly problems: readonly ProblemCode[];
  handle?(deps: Deps, request: ApiRequest<FromSchema<Q>, FromSchema<B>>): Promise<FromSchema<A>>;
  /**
   * Instead of `handle`, for a POST that comes often: decides on many requests, of any companies, in one
   * transaction, with a body or a refusal each. What it decided is written by `persist`.
   */
  handleTogether?(
    tx: InTransaction<Deps>,
    requests: readonly ApiRequest<FromSchema<Q>, FromSchema<B>>[],
  ): Promise<BatchDecision<FromSchema<A>>>;
}

/** Bodies or refusals of requests decided together, and the statements that write them, which go with those of the answers. */
export interface BatchDecision<Body> {
  readonly answers: readonly (Body | Problem)[];
  readonly persist: readonly Statement<void>[];
}

/** An operation whatever its shapes: what the router and the document work with. */
export interface AnyEndpoint extends Omit<
  Endpoint<ObjectSchema, ObjectSchema, ObjectSchema>,
  'handle' | 'handleTogether' | 'exampleBody'
> {
  readonly exampleBody?: unknown;
  handle?(deps: Deps, request: ApiRequest<never, never>): Promise<unknown>;
  handleTogether?(
    tx: InTransaction<Deps>,
    requests: readonly ApiRequest<never, never>[],
  ): Promise<BatchDecision<unknown>>;
}

/** Checks an operation's handler against its schemas, at compile time only. */
export function defineEndpoint<
  const Q extends ObjectSchema,
  const B extends ObjectSchema,
  const A extends ObjectSchema,
>(endpoint: Endpoint<Q, B, A>): AnyEndpoint {
  return endpoint;
}

/** The schema of a query or body that must be empty. */
export const emptySchema = {
  type: 'object',
  properties: {},
  additionalProperties: false,
} as const satisfies Schema;
