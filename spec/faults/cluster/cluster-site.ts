import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeId } from 'mysql2/promise';
import pino from 'pino';
import { parseConfig } from '../../../config/config.ts';
import { migrate } from '../../../config/database/migrate.ts';
import { openOrm } from '../../../config/database/orm.ts';
import { SERVICE_RIGHTS } from '../../../src/database/grants.rules.ts';
import type { Deps } from '../../../src/deps.ts';
import { MovableClock, systemClock } from '../../../src/shared/clock.ts';
import { DocumentThreads } from '../../../src/rendering/document-threads.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { databaseUrl } from '../../support/test-server.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterNode } from './cluster-node.ts';

/** A migrated database of a cluster, as seen by processes at different nodes; all share one clock and one folder. */
export class ClusterSite {
  readonly cluster: Cluster;
  readonly name: string;
  readonly filesDir: string;
  readonly clock = new MovableClock(systemClock.now());
  readonly #settings: Readonly<Record<string, string>>;
  readonly #opened: Deps[] = [];

  private constructor(
    cluster: Cluster,
    name: string,
    filesDir: string,
    settings: Readonly<Record<string, string>>,
  ) {
    this.cluster = cluster;
    this.name = name;
    this.filesDir = filesDir;
    this.#settings = settings;
  }

  static async create(cluster: Cluster, name: string, settings: Readonly<Record<string, string>> = {}) {
    await cluster.a.onServer((connection) => connection.query(`CREATE DATABASE ${escapeId(name)}`));
    await migrate(databaseUrl(cluster.a.url, name));
    await cluster.a.onServer(async (connection) => {
      // As in production: the service reads and writes rows of its database, and no more.
      await connection.query(`CREATE USER IF NOT EXISTS ${SERVICE_USER}@localhost`);
      await connection.query(
        `GRANT ${SERVICE_RIGHTS.join(', ')} ON ${escapeId(name)}.* TO ${SERVICE_USER}@localhost`,
      );
    });
    // Signing in does not wait for what other nodes have committed.
    for (const node of cluster.nodes) await node.catchUp();
    return new ClusterSite(cluster, name, await mkdtemp(join(tmpdir(), 'tabane-cluster-files-')), settings);
  }

  /** The connection of a service process to the database through one node, or through the load balancer. */
  urlAt(server: Pick<ClusterNode, 'url'>): string {
    const url = new URL(databaseUrl(server.url, this.name));
    url.username = SERVICE_USER;
    return url.href;
  }

  /** The dependencies of a use case, in a process at a node. */
  async depsAt(node: ClusterNode): Promise<Deps> {
    const url = this.urlAt(node);
    const deps = {
      orm: await openOrm({ databaseUrl: url, poolSize: 10 }),
      config: parseConfig({ DATABASE_URL: url, FILES_DIR: this.filesDir, ...this.#settings }),
      clock: this.clock,
      ids: createIds(this.clock),
      log: pino({ enabled: false }),
      documents: new DocumentThreads(),
    };
    this.#opened.push(deps);
    return deps;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map(({ orm }) => orm.close()));
    await rm(this.filesDir, { recursive: true, force: true });
  }
}

const SERVICE_USER = 'tabane';
