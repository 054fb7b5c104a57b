import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { RowDataPacket } from 'mysql2/promise';
import type { ClusterNode } from './cluster-node.ts';

const CHECK_EVERY_MS = 250;
const CHECK_WITHIN_MS = 1_000;

/**
 * The load balancer of production: sends every connection to the first healthy node of a list, and cuts connections to an
 * unhealthy one, so that no client waits for a machine that is gone.
 */
export class Balancer {
  readonly #nodes: readonly ClusterNode[];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #checking: NodeJS.Timeout;
  #chosen: ClusterNode | undefined;

  private constructor(nodes: readonly ClusterNode[]) {
    this.#nodes = nodes;
    this.#chosen = nodes[0];
    this.#server = createServer((client) => this.#pass(client));
    this.#checking = setInterval(() => void this.#choose(), CHECK_EVERY_MS);
  }

  static async start(nodes: readonly ClusterNode[]): Promise<Balancer> {
    const balancer = new Balancer(nodes);
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  /** Address of the server, without a database. */
  get url(): string {
    return `mariadb://root@127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The node that currently gets the connections. */
  get chosen(): ClusterNode | undefined {
    return this.#chosen;
  }

  stop(): void {
    clearInterval(this.#checking);
    this.#server.close();
    this.#cut();
  }

  async #choose(): Promise<void> {
    const well = await Promise.all(this.#nodes.map(isWell));
    const chosen = this.#nodes.find((_, at) => well[at]);
    if (chosen === this.#chosen) return;
    this.#chosen = chosen;
    this.#cut();
  }

  #pass(client: Socket): void {
    const node = this.#chosen;
    if (!node) return void client.destroy();
    const server = createConnection(node.socketPath);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Healthy as config/operations/cluster.md defines it: takes statements, is in the primary component and in sync. */
async function isWell(node: ClusterNode): Promise<boolean> {
  const asked = node.onServer(async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>(
      "SHOW STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state')",
    );
    const status = new Map(rows.map((row) => [row['Variable_name'], row['Value']]));
    return (
      status.get('wsrep_ready') === 'ON' &&
      status.get('wsrep_cluster_status') === 'Primary' &&
      status.get('wsrep_local_state') === '4'
    );
  });
  const tooLate = new Promise<boolean>((resolve) =>
    setTimeout(() => resolve(false), CHECK_WITHIN_MS).unref(),
  );
  return Promise.race([asked.catch(() => false), tooLate]);
}
