import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The service in a process of its own, as it runs in production. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly address: string;
  readonly metricsAddress: string;
  /** Exit code (null when a signal killed it) and what it wrote to standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** Starts `src/main.ts` and waits until it answers. `env` are its settings, and all that it gets of the environment. */
export async function startServiceProcess(
  env: Readonly<Record<string, string>>,
  folder = ROOT,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [join(folder, 'src', 'main.ts')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      SCHEDULE: 'off',
      LOG_LEVEL: 'silent',
      PORT: '0',
      METRICS_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }));
  const said = findAddresses(child);
  const early = ended.then((end) => {
    throw new Error(`it ended with ${end.code}: ${end.errors}`);
  });
  return { child, ended, ...(await Promise.race([said, early])) };
}

function findAddresses(child: ChildProcess): Promise<{ address: string; metricsAddress: string }> {
  let output = '';
  return new Promise((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const address = /answers at (http:\S+)/.exec(output)?.[1];
      const metricsAddress = /metrics are at (http:\S+)\/metrics\./.exec(output)?.[1];
      if (address && metricsAddress) resolve({ address, metricsAddress });
    });
  });
}
