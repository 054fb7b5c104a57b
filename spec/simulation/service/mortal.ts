import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { readDatabaseUrl } from '../../../config/database-url.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { processIdentity } from '../../../src/runs/process-identity.ts';

/** A process that is about to die: all of its connections end at once, and it gets no others. */
export interface Dying {
  readonly deps: Deps;
  readonly isDead: () => boolean;
}

interface MortalOptions {
  readonly databaseUrl: string;
  readonly dir: string;
  /** Of the process that lives on. */
  readonly deps: Deps;
  /** The same on another address of the database. */
  readonly openDeps: (databaseUrl: string) => Promise<Deps>;
}

/**
 * A process that dies, as the database sees it: between it and the server stands a relay that ends all connections after so many
 * messages; half of the times the last one is handed over first, so that it is done and nobody hears of it, also a COMMIT. Nothing is
 * cleaned up: leases stay taken, in the name of a process that has ended. It is not killed with SIGKILL, for which it would have to be
 * a process of its own, seconds each time (`spec/faults` does that); so it may still write a file that needs nothing of the database.
 */
export class Mortal {
  readonly #living: Deps;
  readonly #relay: Server;
  readonly #clients = new Set<Socket>();
  readonly #servers = new Set<Socket>();
  #deps!: Deps;
  /** Messages until it dies. */
  #left = Infinity;
  #isLastHandedOver = false;

  private constructor({ databaseUrl, deps }: MortalOptions) {
    this.#living = deps;
    const { socketPath, host = 'localhost', port = 3306 } = readDatabaseUrl(databaseUrl);
    const reach = () => (socketPath === undefined ? connect(port, host) : connect(socketPath));
    this.#relay = createServer((client) => this.#join(client, reach()));
  }

  static async open(surroundings: MortalOptions): Promise<Mortal> {
    const mortal = new Mortal(surroundings);
    const url = new URL(surroundings.databaseUrl);
    const path = join(surroundings.dir, 'relay.sock');
    url.searchParams.set('socketPath', path);
    mortal.#relay.listen(path);
    await once(mortal.#relay, 'listening');
    mortal.#deps = await surroundings.openDeps(url.href);
    return mortal;
  }

  /** Begins some work and dies after so many messages; false if it had ended before. What it throws nobody hears. */
  async die(after: number, work: (dying: Dying) => Promise<unknown>): Promise<boolean> {
    this.#isLastHandedOver = after % 2 === 0;
    this.#left = after;
    await work({ deps: this.#deps, isDead: () => this.#left <= 0 }).catch(() => undefined);
    const hasDied = this.#left <= 0;
    this.#left = 0;
    this.#endAll();
    // The server has rolled back what was open when it closes its end.
    await Promise.all([...this.#servers].map((server) => once(server, 'close')));
    if (hasDied) await this.#bury();
    this.#left = Infinity;
    return hasDied;
  }

  async close(): Promise<void> {
    await this.#deps.orm.close();
    this.#endAll();
    this.#relay.close();
  }

  #join(client: Socket, server: Socket): void {
    this.#clients.add(client);
    this.#servers.add(server);
    client.on('error', () => undefined).on('close', () => void (this.#clients.delete(client), server.end()));
    server
      .on('error', () => undefined)
      .on('close', () => void (this.#servers.delete(server), client.destroy()));
    server.on('data', (data) => client.write(data));
    client.on('data', (data) => this.#handOver(data, server));
    if (this.#left <= 0) client.destroy();
  }

  #handOver(data: string | Buffer, server: Socket): void {
    this.#left -= 1;
    if (this.#left > 0) return void server.write(data);
    if (this.#left === 0 && this.#isLastHandedOver) server.write(data);
    this.#endAll();
  }

  #endAll(): void {
    for (const client of this.#clients) client.destroy();
  }

  /** What it held, it holds as a process that has ended: this one's number, begun at another time. */
  async #bury(): Promise<void> {
    const own = processIdentity();
    await sqlOf(this.#living.orm.em.fork())
      .updateTable('run')
      .set({ heldBy: own.replace(/\d+$/, '1') })
      .where('heldBy', '=', own)
      .execute();
  }
}
