import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { initialiseServer } from '../../../batch/launch/initialise-server.ts';
import { requireProgram } from '../../support/require-program.ts';
import { onServer } from '../../support/test-server.ts';
import type { NodeSettings } from './node-options.ts';
import { NodeProcess } from './node-process.ts';
import type { NodeMachine } from './prepare-machine.ts';

const PATIENCE_MS = 60_000;

/** One server of a cluster. */
export class ClusterNode {
  readonly name: string;
  readonly #process: NodeProcess;

  constructor(machine: NodeMachine, folder: string, settings: NodeSettings) {
    this.name = settings.name;
    this.#process = new NodeProcess(machine, folder, settings);
  }

  /** Address of the server, without a database, for its administrator. */
  get url(): string {
    return `mariadb://root@localhost/?socketPath=${encodeURIComponent(this.socketPath)}`;
  }

  get socketPath(): string {
    return this.#process.paths.socket;
  }

  /** Starts the first node of a new cluster. */
  async found(): Promise<void> {
    initialiseServer(this.#process.paths.folder, requireProgram('mariadb-install-db'));
    await this.#process.start(['--wsrep-new-cluster']);
    await this.untilSynced();
  }

  /** Joins the others, for the first time or again, and returns when it is in sync. */
  async join(): Promise<void> {
    await this.#process.start(this.#process.findStartPosition());
    await this.untilSynced();
  }

  /** A power failure. */
  async kill(): Promise<void> {
    await this.#process.end('SIGKILL');
  }

  /** Shuts down cleanly. */
  async leave(): Promise<void> {
    await this.#process.end('SIGTERM');
  }

  /** Freezes, with all its connections open, until `resume`. */
  hang(): void {
    this.#process.signal('SIGSTOP');
  }

  resume(): void {
    this.#process.signal('SIGCONT');
  }

  /** Cuts or restores the network between this node and the others. Its clients still reach it. */
  async setIsolated(isIsolated: boolean): Promise<void> {
    const option = `gmcast.isolate=${isIsolated ? 1 : 0}`;
    await this.onServer((connection) => connection.query('SET GLOBAL wsrep_provider_options = ?', [option]));
  }

  /** Waits until it is in sync. */
  async untilSynced(): Promise<void> {
    await this.#untilStatus('wsrep_local_state_comment', (value) => value === 'Synced');
  }

  /** Waits until it has noticed that it is isolated: from then on it refuses every statement. */
  async untilCutOff(): Promise<void> {
    await this.#untilStatus('wsrep_cluster_status', (value) => value === 'non-Primary');
  }

  /** Waits until it sees that many nodes, including itself. */
  async untilSees(nodes: number): Promise<void> {
    await this.#untilStatus('wsrep_cluster_size', (value) => value === String(nodes));
  }

  /** Waits until it has everything that was committed on any node before. */
  async catchUp(): Promise<void> {
    await this.onServer(async (connection) => {
      await connection.query('SET SESSION wsrep_sync_wait = 1');
      await connection.query('SELECT COUNT(*) FROM mysql.user');
    });
  }

  /** Runs work on a connection of its own. */
  onServer<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return onServer(this.url, work);
  }

  /** A node that joins closes its connections in between, so it retries after an error. */
  async #untilStatus(variable: string, isReached: (value: string) => boolean): Promise<void> {
    const giveUpAtMs = performance.now() + PATIENCE_MS;
    let seen = '';
    while (!isReached(seen)) {
      if (performance.now() > giveUpAtMs) throw new Error(`${this.name}: ${variable} stays ${seen}`);
      await pause(50);
      seen = await this.#status(variable).catch(String);
    }
  }

  #status(variable: string): Promise<string> {
    return this.onServer(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>('SHOW STATUS LIKE ?', [variable]);
      return String(rows[0]?.['Value']);
    });
  }
}
