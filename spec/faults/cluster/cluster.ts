import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerSettings } from '../../../batch/launch/server-options.ts';
import { findFreePorts } from './free-ports.ts';
import { ClusterNode } from './cluster-node.ts';
import { prepareMachine } from './prepare-machine.ts';

const NODES = ['a', 'b', 'c'] as const;

/** Three MariaDB servers on this machine that form one database (Galera): each accepts writes, two are a majority. */
export class Cluster {
  readonly a: ClusterNode;
  readonly b: ClusterNode;
  readonly c: ClusterNode;
  readonly #folder: string;

  private constructor(folder: string, [a, b, c]: readonly [ClusterNode, ClusterNode, ClusterNode]) {
    this.#folder = folder;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  static async start(durability: ServerSettings['durability'] = 'durable'): Promise<Cluster> {
    const machine = prepareMachine();
    const folder = await mkdtemp(join(tmpdir(), 'tabane-cluster-'));
    // The user of the nodes needs access to it.
    await chmod(folder, 0o711);
    const ports = await findFreePorts(NODES.length * 3);
    const members = NODES.map((_, at) => ports[at * 3]!);
    const nodes = NODES.map((name, at) => {
      const [group, catchUp, copy] = ports.slice(at * 3, at * 3 + 3) as [number, number, number];
      const settings = { name: `node-${name}`, ports: { group, catchUp, copy }, members, durability };
      return new ClusterNode(machine, join(folder, name), settings);
    });
    const cluster = new Cluster(folder, nodes as [ClusterNode, ClusterNode, ClusterNode]);
    try {
      await cluster.a.found();
      await cluster.b.join();
      await cluster.c.join();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get nodes(): readonly [ClusterNode, ClusterNode, ClusterNode] {
    return [this.a, this.b, this.c];
  }

  /** Removes the cluster and its data. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await rm(this.#folder, { recursive: true, force: true });
  }
}
