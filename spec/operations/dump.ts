import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** The options of config/operations/backup.md. */
export const DUMP_OPTIONS = ['--single-transaction', '--routines', '--triggers', '--hex-blob'];

/** Backs a database up into a file, by the documented command. */
export async function dumpDatabase(databaseUrl: string, file: string): Promise<void> {
  const { connection, name } = partsOf(databaseUrl);
  const child = spawn('mariadb-dump', [...connection, ...DUMP_OPTIONS, name], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [errors] = await Promise.all([
    text(child.stderr),
    pipeline(child.stdout, createWriteStream(file)),
    once(child, 'close'),
  ]);
  if (child.exitCode !== 0) throw new Error(`mariadb-dump ended with ${child.exitCode}: ${errors}`);
}

/** Restores such a file into a database that is there and empty, by the documented command. */
export async function restoreDatabase(databaseUrl: string, file: string): Promise<void> {
  const { connection, name } = partsOf(databaseUrl);
  const child = spawn('mariadb', [...connection, name], { stdio: ['pipe', 'ignore', 'pipe'] });
  const [errors] = await Promise.all([
    text(child.stderr),
    pipeline(createReadStream(file), child.stdin),
    once(child, 'close'),
  ]);
  if (child.exitCode !== 0) throw new Error(`mariadb ended with ${child.exitCode}: ${errors}`);
}

/** The words of the command line that reach the server of a URL; nothing of the machine's own configuration. */
function partsOf(databaseUrl: string): { connection: string[]; name: string } {
  const { hostname, port, username, password, searchParams, pathname } = new URL(databaseUrl);
  const socket = searchParams.get('socketPath');
  const place = socket ? [`--socket=${socket}`] : [`--host=${hostname}`, `--port=${port || 3306}`];
  const who = [
    `--user=${decodeURIComponent(username)}`,
    ...(password ? [`--password=${decodeURIComponent(password)}`] : []),
  ];
  return { connection: ['--no-defaults', ...place, ...who], name: pathname.slice(1) };
}
