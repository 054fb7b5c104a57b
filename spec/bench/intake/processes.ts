import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Load, LoadOutcome } from './load.types.ts';

/** The servers measured: `serve-<subject>.ts`. */
export const subjects = ['ours', 'bare', 'by-hand'] as const;
export type Subject = (typeof subjects)[number];

/** A server in a process of its own; it ends when `child` is disconnected. */
export interface Server {
  readonly subject: Subject;
  readonly port: number;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

export async function startServer(subject: Subject, databaseUrl: string): Promise<Server> {
  const child = fork(join(import.meta.dirname, `serve-${subject}.ts`), {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const ended = once(child, 'exit');
  const [port] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  if (typeof port !== 'number' || port === 0) throw new Error(`the server ${subject} did not start`);
  return { subject, port, child, ended };
}

export async function load(order: Load): Promise<LoadOutcome> {
  const child = fork(join(import.meta.dirname, 'generate-load.ts'));
  const ended = once(child, 'exit');
  child.send(order);
  const [outcome] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  if (typeof outcome !== 'object' || outcome === null) throw new Error('the load ended without an outcome');
  await ended;
  return outcome as LoadOutcome;
}
