import { Gauge, type Registry } from 'prom-client';
import type { Orm } from '../database/orm.ts';

/** What a mysql2 pool knows of itself; it has no public way to ask. */
interface Pool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

/** Shows the connections of this process to the database, in whichever of its pools, and how many requests wait for one. */
export function showPool(registry: Registry, orms: readonly Orm[], poolSize: number): void {
  const pools = () =>
    Promise.all(orms.map(async (orm) => (await orm.em.getConnection().getNativeClient()) as unknown as Pool));
  registry.registerMetric(
    new Gauge({
      name: 'tabane_database_connections',
      help: 'Connections of this process to the database.',
      labelNames: ['state'],
      registers: [],
      async collect() {
        const found = await pools();
        const idle = sum(found, ({ _freeConnections: free }) => free.length);
        const all = sum(found, ({ _allConnections: connections }) => connections.length);
        this.set({ state: 'busy' }, all - idle);
        this.set({ state: 'idle' }, idle);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'tabane_database_connections_max',
      help: 'Most connections this process may open (DATABASE_POOL_SIZE, and half as many for pages).',
      registers: [],
      collect() {
        this.set(poolSize);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'tabane_database_waiting',
      help: 'Pieces of work that wait for a connection.',
      registers: [],
      async collect() {
        this.set(sum(await pools(), ({ _connectionQueue: waiting }) => waiting.length));
      },
    }),
  );
}

function sum(pools: readonly Pool[], count: (pool: Pool) => number): number {
  return pools.reduce((total, pool) => total + count(pool), 0);
}
