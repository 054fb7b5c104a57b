import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { World } from '../support/world.ts';

const COMMAND = join(import.meta.dirname, '..', '..', 'batch', 'run.ts');
const ADMIN = join(import.meta.dirname, '..', '..', 'batch', 'admin.ts');

/** What a batch command came to. `code` is null when a signal ended it. */
export interface BatchResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A batch command in a process of its own, as an operator starts it. */
export interface BatchProcess {
  readonly child: ChildProcess;
  readonly result: Promise<BatchResult>;
  isRunning(): boolean;
}

/** Starts `batch/run.ts` on a world's database. The clock is the real one: use business dates long past. */
export function startBatch(world: World, filesDir: string, args: readonly string[]): BatchProcess {
  return startBatchAt({ databaseUrl: world.database.url, filesDir }, args);
}

/** Starts `batch/admin.ts` on a world's database. */
export function startAdmin(world: World, filesDir: string, args: readonly string[]): BatchProcess {
  return startBatchAt({ databaseUrl: world.database.url, filesDir }, args, ADMIN);
}

/** Where a batch works, and what else its environment says. */
export interface BatchPlace {
  readonly databaseUrl: string;
  readonly filesDir: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The same on any database. */
export function startBatchAt(
  { databaseUrl, filesDir, environment }: BatchPlace,
  args: readonly string[],
  command = COMMAND,
): BatchProcess {
  const places = { DATABASE_URL: databaseUrl, FILES_DIR: filesDir };
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, ...places, LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    child,
    result: collect(child),
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}

async function collect(child: ChildProcess): Promise<BatchResult> {
  const [output, errors] = [read(child.stdout), read(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: await output, errors: await errors };
}

async function read(stream: Readable | null): Promise<string> {
  let text = '';
  if (stream) for await (const piece of stream.setEncoding('utf8')) text += String(piece);
  return text;
}

/** Kills a batch with SIGKILL as soon as `isDue` says so. Throws when it ended before: then nothing was tested. */
export async function killWhen(batch: BatchProcess, isDue: () => Promise<boolean>): Promise<void> {
  const { code, output, errors } = await signalWhen(batch, 'SIGKILL', isDue);
  if (code !== null) throw new Error(`it had ended before it was killed: ${output}${errors}`);
}

/** Sends a batch a signal as soon as `isDue` says so, and returns what it came to. Throws when it ended before. */
export async function signalWhen(
  batch: BatchProcess,
  signal: NodeJS.Signals,
  isDue: () => Promise<boolean>,
): Promise<BatchResult> {
  while (batch.isRunning()) {
    if (!(await isDue())) continue;
    batch.child.kill(signal);
    return await batch.result;
  }
  const { code, output, errors } = await batch.result;
  throw new Error(`it ended with ${code} before ${signal}: ${output}${errors}`);
}
