import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { initialiseServer } from '../../../config/launch/initialise-server.ts';
import { waitUntilAnswering } from '../../../config/launch/server-process.ts';
import { onServer } from '../../support/test-server.ts';
import { requireProgram } from '../../support/require-program.ts';
import { listNodeOptions, type NodeSettings } from './node-options.ts';
import type { NodeMachine } from './prepare-machine.ts';

/** A node joins with a copy of everything, and recovers from a crash before. */
const JOIN_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;

/** One server of a cluster. */
export class ClusterNode {
  readonly name: string;
  readonly #settings: NodeSettings;
  readonly #machine: NodeMachine;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor(machine: NodeMachine, folder: string, settings: NodeSettings) {
    this.name = settings.name;
    this.#machine = machine;
    this.#settings = settings;
    this.#folder = folder;
  }

  /** Of the server, without a database, as its administrator. */
  get url(): string {
    return `mariadb://root@localhost/?socketPath=${encodeURIComponent(this.socketPath)}`;
  }

  get socketPath(): string {
    return this.#paths.socket;
  }

  /** Makes the first node of a new cluster. */
  async found(): Promise<void> {
    this.#makeFolder();
    initialiseServer(this.#folder, requireProgram('mariadb-install-db'));
    await this.#start(['--wsrep-new-cluster']);
  }

  /** Joins the others, for the first time or again, and returns when it is as far as they are. */
  async join(): Promise<void> {
    this.#makeFolder();
    mkdirSync(this.#paths.data, { recursive: true });
    await this.#start(this.#startPosition());
  }

  /** Power gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Leaves in good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Stands still, with all its connections open, until `resume`. */
  hang(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Cuts the network between this node and the others, or mends it. Its clients still reach it. */
  async setIsolated(isIsolated: boolean): Promise<void> {
    await this.onServer((connection) =>
      connection.query(`SET GLOBAL wsrep_provider_options = 'gmcast.isolate=${isIsolated ? 1 : 0}'`),
    );
  }

  /** Waits until it takes part again, as far as the others are. */
  async untilSynced(withinMs = JOIN_WITHIN_MS): Promise<void> {
    await this.#until(async () => (await this.status('wsrep_local_state_comment')) === 'Synced', withinMs);
  }

  /** Waits until it knows that it is alone: from then on it refuses every statement. */
  async untilCutOff(): Promise<void> {
    await this.#until(async () => (await this.status('wsrep_cluster_status')) !== 'Primary', JOIN_WITHIN_MS);
  }

  /** Waits until it sees so many nodes, itself included. */
  async untilSees(nodes: number): Promise<void> {
    await this.#until(
      async () => (await this.status('wsrep_cluster_size')) === String(nodes),
      JOIN_WITHIN_MS,
    );
  }

  /** Waits until it has all that was committed on any node before. */
  async catchUp(): Promise<void> {
    await this.onServer((connection) =>
      connection.query('SET SESSION wsrep_sync_wait = 1; SELECT COUNT(*) FROM mysql.user'),
    );
  }

  /** A status variable of the server. */
  async status(variable: string): Promise<string> {
    return this.onServer(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>('SHOW STATUS LIKE ?', [variable]);
      return String(rows[0]?.['Value']);
    });
  }

  onServer<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return onServer(this.url, work);
  }

  get #paths() {
    const of = (name: string) => join(this.#folder, name);
    return {
      folder: this.#folder,
      data: of('mariadb'),
      socket: of('mariadb.sock'),
      pidFile: of('mariadb.pid'),
    };
  }

  #makeFolder(): void {
    mkdirSync(this.#folder, { recursive: true });
  }

  async #start(further: readonly string[]): Promise<void> {
    const log = openSync(join(this.#folder, 'mariadb.log'), 'a');
    const child = this.#spawn(further, log);
    closeSync(log);
    this.#process = child;
    const server = { pid: child.pid ?? 0, socketPath: this.#paths.socket };
    if (!(await waitUntilAnswering(server, JOIN_WITHIN_MS)))
      throw new Error(
        `${this.name} did not start: ${readFileSync(join(this.#folder, 'mariadb.log'), 'utf8')}`,
      );
    await this.untilSynced();
  }

  #spawn(further: readonly string[], log: number): ChildProcess {
    const [program = '', ...args] = this.#command(further);
    return spawn(program, args, { stdio: ['ignore', log, log], env: this.#environment() });
  }

  /** What starts it: it dies with us, and is never root. Its folder is its user's from then on. */
  #command(further: readonly string[]): string[] {
    const { user } = this.#machine;
    const asUser = user ? [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'] : [];
    const options = listNodeOptions(this.#paths, this.#settings);
    if (user) spawnSync('chown', ['-R', `${user}:`, this.#folder]);
    const program = requireProgram('mariadbd');
    return [
      requireProgram('setpriv'),
      ...asUser,
      '--pdeathsig',
      'KILL',
      '--',
      program,
      ...options,
      ...further,
    ];
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: `${this.#machine.scripts}:${process.env['PATH']}` };
  }

  /** How far the node had come when it died, so that the others send it what it missed and not everything. */
  #startPosition(): string[] {
    const [program = '', ...args] = this.#command(['--wsrep-recover']);
    const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: this.#environment() });
    const position = /Recovered position:\s*([0-9a-f-]{36}:\d+)/.exec(`${stdout}${stderr}`)?.[1];
    return position === undefined ? [] : [`--wsrep-start-position=${position}`];
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  /** A node that joins closes its connections in between, so an error is one more reason to look again. */
  async #until(isSo: () => Promise<boolean>, withinMs: number): Promise<void> {
    const giveUpAtMs = performance.now() + withinMs;
    while (!(await isSo().catch(() => false))) {
      if (performance.now() > giveUpAtMs) throw new Error(`${this.name} did not come to it`);
      await pause(50);
    }
  }
}
