import type { Actor } from '../access/actor.ts';
import type { Permission } from '../access/permissions.ts';
import type { Deps } from '../deps.ts';
import { publicId, requireStoredId, type SoldKind } from '../shared/public-id.rules.ts';
import type { FromSchema, ObjectSchema, Schema } from '../shared/schema-type.ts';
import type { ApiRequest, AnyEndpoint } from './define-endpoint.ts';
import { exampleIds } from './example-ids.ts';
import { takenIdOf, pageOf, pageQuery } from './field-schemas.ts';

/** What the two reading operations of a resource share. */
interface ResourceEndpoint {
  readonly kind: SoldKind | 'payment-request' | 'refund' | 'event' | 'webhook-endpoint' | 'usage-file';
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly description: string;
}

type Filters = Readonly<Record<string, Schema>>;

/** The requested page; `after` is the stored identifier of the last row of the previous page. */
type PageRequest<F extends Filters> = {
  readonly limit: number;
  readonly after: string | undefined;
} & { readonly [K in keyof F]?: FromSchema<F[K]> | undefined };

interface ListEndpoint<F extends Filters, I extends Schema, Row> extends ResourceEndpoint {
  /** Query parameters besides `limit` and `after`. */
  readonly filters: F;
  /** Title of the list in the reference. */
  readonly title: string;
  readonly item: I;
  /** The rows that the actor may read, newest first, at most `limit`. */
  find(deps: Deps, actor: Actor, page: PageRequest<F>): Promise<readonly Row[]>;
  present(deps: Deps, rows: readonly Row[]): Promise<readonly FromSchema<I>[]>;
}

/**
 * `GET /v1/things`: a page of the company's own objects, newest first, found by key. `find` returns one row more than
 * the page shows if another page follows.
 */
export function defineList<const F extends Filters, const I extends Schema, Row extends { id: string }>(
  list: ListEndpoint<F, I, Row>,
): AnyEndpoint {
  const { kind, filters, title, item, find, present, ...described } = list;
  const after = { ...takenIdOf(kind), description: 'Cursor: `next` of the previous page.' };
  const query = {
    type: 'object',
    properties: { ...pageQuery, after, ...filters },
    required: ['limit'],
    additionalProperties: false,
  } as const satisfies ObjectSchema;
  const handle = async (deps: Deps, request: ApiRequest<PageRequest<F>, unknown>) => {
    const { limit, after: cursor } = request.query;
    const stored = cursor === undefined ? undefined : requireStoredId(kind, cursor);
    const rows = await find(deps, request.actor, { ...request.query, limit: limit + 1, after: stored });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await present(deps, shown), next: last ? publicId(kind, last.id) : null };
  };
  return {
    ...described,
    method: 'get',
    query,
    status: 200,
    response: pageOf(title, item, kind),
    problems: 'service' in filters ? ['service-not-found'] : [],
    handle,
  };
}

interface GetEndpoint<A extends ObjectSchema, Row> extends ResourceEndpoint {
  readonly response: A;
  /** @throws Problem `…-not-found` for what does not exist and for what another company owns. */
  get(deps: Deps, actor: Actor, id: string): Promise<Row>;
  present(deps: Deps, row: Row): Promise<FromSchema<A>>;
}

/** `GET /v1/things/:id`: one of the company's own objects by its public identifier. */
export function defineGet<const A extends ObjectSchema, Row>(endpoint: GetEndpoint<A, Row>): AnyEndpoint {
  const { kind, get, present, ...described } = endpoint;
  const handle = async (deps: Deps, request: ApiRequest<unknown, unknown>) =>
    present(deps, await get(deps, request.actor, requireStoredId(kind, request.params['id'])));
  const exampleId = exampleIds[kind];
  return { ...described, method: 'get', exampleId, status: 200, problems: [`${kind}-not-found`], handle };
}
