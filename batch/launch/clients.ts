import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findStartTime } from '../../src/shared/process-table.ts';

/** One process's stake in a running server, as a file in the server's folder. */
export interface Client {
  readonly file: string;
}

let clientsOfThisProcess = 0;

/** Registers this process as a user of the server in `folder`. Call it under the launch lock. */
export function registerClient(folder: string): Client {
  mkdirSync(join(folder, 'clients'), { recursive: true, mode: 0o700 });
  clientsOfThisProcess += 1;
  const file = `${process.pid}-${findStartTime(process.pid)}-${clientsOfThisProcess}`;
  writeFileSync(join(folder, 'clients', file), '');
  return { file };
}

/** Takes the registration back. Call it under the launch lock. */
export function unregisterClient(folder: string, client: Client): void {
  rmSync(join(folder, 'clients', client.file), { force: true });
}

/** Counts the users that still live, and clears away what killed processes left. Call it under the launch lock. */
export function countClients(folder: string): number {
  let living = 0;
  for (const file of listClientFiles(folder)) {
    const [pid, startTime] = file.split('-');
    if (findStartTime(Number(pid)) === startTime) living += 1;
    else rmSync(join(folder, 'clients', file), { force: true });
  }
  return living;
}

function listClientFiles(folder: string): string[] {
  try {
    return readdirSync(join(folder, 'clients'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
