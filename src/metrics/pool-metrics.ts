import { Gauge, type Registry } from 'prom-client';
import type { Orm } from '../database/orm.ts';

/** What a mysql2 pool knows of itself; it has no public way to ask. */
interface Pool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

/** Shows the connections of this process to the database, and how many requests wait for one. */
export function showPool(registry: Registry, orm: Orm, poolSize: number): void {
  const pool = async () => (await orm.em.getConnection().getNativeClient()) as unknown as Pool;
  registry.registerMetric(
    new Gauge({
      name: 'tabane_database_connections',
      help: 'Connections of this process to the database.',
      labelNames: ['state'],
      registers: [],
      async collect() {
        const { _allConnections: all, _freeConnections: free } = await pool();
        this.set({ state: 'busy' }, all.length - free.length);
        this.set({ state: 'idle' }, free.length);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'tabane_database_connections_max',
      help: 'Most connections this process may open (DATABASE_POOL_SIZE).',
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
        const { _connectionQueue: waiting } = await pool();
        this.set(waiting.length);
      },
    }),
  );
}
