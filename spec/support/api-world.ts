import { sqlOf, type Tables } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { makeApiKey, makeSale } from './factories.ts';
import { apiClient, serveApp, type ApiClient } from './http-client.ts';
import { createWorld, type World } from './world.ts';

/** A served world with two companies, each with a service, a contract, a subscriber's consent and a key. */
export interface ApiWorld extends World {
  readonly origin: string;
  readonly sale: Awaited<ReturnType<typeof makeSale>>;
  /** Public id of the subscriber's consent. */
  readonly consent: string;
  /** The first company's key. */
  readonly token: string;
  /** The first company. */
  readonly api: ApiClient;
  /** Another company, to which nothing of the first is visible. */
  readonly other: ApiClient;
  /** A client without a key. */
  readonly anonymous: ApiClient;
  /** The first company with a key of these scopes only. */
  withScopes(scopes: string): Promise<ApiClient>;
}

export async function createApiWorld(settings: Readonly<Record<string, string>> = {}): Promise<ApiWorld> {
  const world = await createWorld(settings);
  const { deps } = world;
  const sale = await makeSale(deps);
  const elsewhere = await makeSale(deps);
  const key = await makeApiKey(deps, { companyId: sale.company.id });
  const otherKey = await makeApiKey(deps, { companyId: elsewhere.company.id });
  const server = await serveApp(deps);
  return {
    ...world,
    origin: server.origin,
    sale,
    consent: publicId('consent', sale.consent.id),
    token: key.token,
    api: apiClient(server.origin, key.token),
    other: apiClient(server.origin, otherKey.token),
    anonymous: apiClient(server.origin, undefined),
    withScopes: async (scopes) => {
      const { token } = await makeApiKey(deps, { companyId: sale.company.id, scopes });
      return apiClient(server.origin, token);
    },
    close: async () => {
      await server.close();
      await world.close();
    },
  };
}

/** Everything that a refused request must not change. */
const written = [
  'charge',
  'checkout',
  'consent',
  'subscription',
  'ledger_entry',
  'line_period',
  'event',
] as const;

/** Row counts of the tables that requests write to. */
export async function countWritten(deps: Deps): Promise<Record<string, number>> {
  const counts = written.map(async (table) => [table, await countRows(deps, table)] as const);
  return Object.fromEntries(await Promise.all(counts));
}

/** Row count of a table. */
export async function countRows(deps: Deps, table: keyof Tables): Promise<number> {
  const { count } = await sqlOf(deps.orm.em.fork())
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
