import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { leaveNothing } from '../leave-nothing.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'src', 'main.ts');

/** The service as an operator starts it, at an address that survives restarts. */
export class ServiceProcess {
  readonly origin: string;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  /** Its standard error; empty without a failure. */
  errors = '';
  /** Process IDs of all starts. */
  readonly pids = new Set<number>();

  private constructor(port: number, settings: Readonly<Record<string, string>>) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#environment = {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      SCHEDULE: 'off',
      LOG_LEVEL: 'silent',
      LINE_MONTHLY_LIMIT: '1000000000',
      PORT: String(port),
      ...settings,
    };
  }

  /** Chooses an address and starts there. */
  static async start(settings: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const service = new ServiceProcess(await findFreePort(), settings);
    await service.start();
    return service;
  }

  /** Starts it, with changed settings, and waits until it reports that it answers. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    Object.assign(this.#environment, settings);
    const child = spawn(process.execPath, [MAIN], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    if (child.pid !== undefined) this.pids.add(child.pid);
    child.once(
      'exit',
      leaveNothing(() => void child.kill('SIGKILL')),
    );
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    const said = new Promise<boolean>((resolve) => {
      child.stdout
        .setEncoding('utf8')
        .on('data', (text: string) => text.includes('answers at') && resolve(true));
    });
    const ended = once(child, 'exit').then(() => false);
    if (!(await Promise.race([said, ended]))) throw new Error(`the service did not start: ${this.errors}`);
  }

  /** Ends it with SIGKILL. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it with SIGTERM. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
