import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerPaths } from '../../../batch/launch/server-options.ts';
import { waitUntilAnswering } from '../../../batch/launch/server-process.ts';
import { requireProgram } from '../../support/require-program.ts';
import { listNodeOptions, type NodeSettings } from './node-options.ts';
import type { NodeMachine } from './prepare-machine.ts';

/** A node joins with a copy of everything, and recovers from a crash before. */
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;

/** The mariadbd of a node in a folder of its own. It dies with this process. */
export class NodeProcess {
  readonly paths: ServerPaths;
  readonly #machine: NodeMachine;
  readonly #settings: NodeSettings;
  #child: ChildProcess | undefined;

  constructor(machine: NodeMachine, folder: string, settings: NodeSettings) {
    const of = (name: string) => join(folder, name);
    this.paths = { folder, data: of('mariadb'), socket: of('mariadb.sock'), pidFile: of('mariadb.pid') };
    this.#machine = machine;
    this.#settings = settings;
    mkdirSync(folder, { recursive: true });
  }

  /** Starts it and waits for its first answer. @throws Error with its log when there is none. */
  async start(further: readonly string[]): Promise<void> {
    const { folder, socket } = this.paths;
    const [program = '', ...args] = this.#command(further);
    const logFile = join(folder, 'mariadb.log');
    const log = openSync(logFile, 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log], env: this.#environment() });
    closeSync(log);
    this.#child = child;
    if (await waitUntilAnswering({ pid: child.pid ?? 0, socketPath: socket }, START_WITHIN_MS)) return;
    throw new Error(`${this.#settings.name} did not start: ${readFileSync(logFile, 'utf8')}`);
  }

  /** How far it had come when it died, as an option: with it the others send what it missed and not everything. */
  findStartPosition(): string[] {
    mkdirSync(this.paths.data, { recursive: true });
    const [program = '', ...args] = this.#command(['--wsrep-recover']);
    const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: this.#environment() });
    const position = /Recovered position:\s*([0-9a-f-]{36}:\d+)/.exec(`${stdout}${stderr}`)?.[1];
    return position === undefined ? [] : [`--wsrep-start-position=${position}`];
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Ends it, by force if it takes too long; nothing when it does not run. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Never as root; its folder is its user's from then on. */
  #command(further: readonly string[]): string[] {
    const { user } = this.#machine;
    const asUser = user ? [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'] : [];
    const options = listNodeOptions(this.paths, this.#settings);
    if (user) spawnSync('chown', ['-R', `${user}:`, this.paths.folder]);
    const server = [requireProgram('mariadbd'), ...options, ...further];
    return [requireProgram('setpriv'), ...asUser, '--pdeathsig', 'KILL', '--', ...server];
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: `${this.#machine.scripts}:${process.env['PATH']}` };
  }
}
