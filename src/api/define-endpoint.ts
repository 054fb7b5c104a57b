import type { Readable } from 'node:stream';
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
 * One operation of `/v1`: this one description yields its route, the checks of its requests and responses, and its
 * part of the OpenAPI document. A POST, PATCH or DELETE runs `handle` in the transaction of its Idempotency-Key.
 */
export interface Endpoint<Q extends ObjectSchema, B extends ObjectSchema, A extends ObjectSchema> {
  readonly name: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** `:id` marks the variable part. */
  readonly path: string;
  /** Of the key that asks; the document names the scope that gives it. */
  readonly permission: Permission;
  readonly summary: string;
  readonly description: string;
  readonly query?: Q;
  readonly body?: B;
  /** The schema that the document shows, where `body` leaves some of it to the use case. */
  readonly documentedBody?: ObjectSchema;
  /** Parameters of the example request; of a list a `limit` by default. */
  readonly exampleQuery?: Readonly<Record<string, string>>;
  readonly bodyLimitBytes?: number;
  readonly exampleBody?: FromSchema<B>;
  /** Replaces `:id` in examples. */
  readonly exampleId?: string;
  readonly status: 200 | 201 | 202;
  readonly response: A;
  /** Member of the response that is shown once: it is not stored, and null in the response to a retry. */
  readonly secretMember?: string;
  /** Refusals besides those common to all operations. */
  readonly problems: readonly ProblemCode[];
  handle?(deps: Deps, request: ApiRequest<FromSchema<Q>, FromSchema<B>>): Promise<FromSchema<A>>;
  /**
   * Replaces `handle` for a frequent POST: decides on many requests, of any companies, in one transaction, each with a
   * body or a refusal. `persist` writes the decisions.
   */
  handleTogether?(
    tx: InTransaction<Deps>,
    requests: readonly ApiRequest<FromSchema<Q>, FromSchema<B>>[],
  ): Promise<BatchDecision<FromSchema<A>>>;
}

/** The body or refusal of each request of a batch, and the statements that write them, sent with those of the responses. */
export interface BatchDecision<Body> {
  readonly responses: readonly (Body | Problem)[];
  readonly persist: readonly Statement<void>[];
}

/** An operation of any schemas, as the router and the document use it. */
export interface AnyEndpoint extends Omit<
  Endpoint<ObjectSchema, ObjectSchema, ObjectSchema>,
  'handle' | 'handleTogether' | 'exampleBody'
> {
  readonly exampleBody?: unknown;
  /** Replaces `handle` and `response` for an operation that returns a file. */
  readonly file?: FileResponse;
  /** For an operation whose body is a file, not JSON. */
  readonly upload?: UploadRequest;
  handle?(deps: Deps, request: ApiRequest<never, never>): Promise<unknown>;
  handleTogether?(
    tx: InTransaction<Deps>,
    requests: readonly ApiRequest<never, never>[],
  ): Promise<BatchDecision<unknown>>;
}

/** Bytes that were stored, as the rest of the request knows them. */
interface StoredUpload {
  readonly id: string;
  /** SHA-256 in hexadecimal. */
  readonly contentHash: string;
  readonly byteCount: number;
}

/** A file that is the body of a request. */
export interface UploadRequest {
  readonly mediaType: string;
  readonly maxBytes: number;
  /** The beginning of such a file, for the document. */
  readonly example: string;
  /** Stores the bytes as they arrive. */
  store(deps: Deps, actor: CompanyKeyActor, content: AsyncIterable<Buffer>): Promise<StoredUpload>;
  /** Removes them, unless `handle` has taken them. */
  discard(deps: Deps, actor: CompanyKeyActor, stored: StoredUpload): Promise<void>;
}

/** A file that an operation returns in place of JSON. */
export interface FileResponse {
  readonly mediaType: string;
  open(deps: Deps, request: ApiRequest<unknown, unknown>): Promise<OpenedFile>;
}

export interface OpenedFile {
  /** The name under which browsers store it, in ASCII. */
  readonly name: string;
  readonly body: Readable;
}

type FileEndpoint = Pick<
  AnyEndpoint,
  'name' | 'path' | 'permission' | 'summary' | 'description' | 'exampleId' | 'problems'
> &
  FileResponse;

/** `GET` of a file: the same checks as any operation, and a stream in place of JSON. */
export function defineFile({ mediaType, open, ...described }: FileEndpoint): AnyEndpoint {
  return { ...described, method: 'get', status: 200, response: emptySchema, file: { mediaType, open } };
}

interface UploadEndpoint<Q extends ObjectSchema, A extends ObjectSchema>
  extends
    Pick<
      Endpoint<Q, ObjectSchema, A>,
      'name' | 'path' | 'permission' | 'summary' | 'description' | 'query' | 'response' | 'problems'
    >,
    UploadRequest {
  handle(deps: Deps, request: ApiRequest<FromSchema<Q>, StoredUpload>): Promise<FromSchema<A>>;
}

/** `POST` of a file, which is worked on later: stored as it arrives, then handled like any other operation. */
export function defineUpload<const Q extends ObjectSchema, const A extends ObjectSchema>({
  mediaType,
  maxBytes,
  example,
  store,
  discard,
  ...described
}: UploadEndpoint<Q, A>): AnyEndpoint {
  const upload = { mediaType, maxBytes, example, store, discard };
  return { ...described, method: 'post', status: 202, upload };
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
