import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LaunchRefusal, printLine } from '../../../batch/launch/launch-refusal.ts';
import { ensurePrograms } from '../../../batch/launch/packages.ts';
import { findProgram } from '../../../batch/launch/programs.ts';

/** The user whose processes the nodes are, when we are root: the scripts that copy data between them refuse root. */
const USER = 'mysql';

const SCRIPTS = resolve(import.meta.dirname, '..', '..', '..', '.data', 'cluster', 'sst');
const FETCH = join(import.meta.dirname, 'fetch-sst-scripts.sh');

/** What the nodes need to start. */
export interface NodeMachine {
  /** Undefined where we are not root and the nodes are ours. */
  readonly user: string | undefined;
  /** Folder of the `wsrep_sst_*` scripts. */
  readonly scripts: string;
}

/**
 * Prepares this machine for the nodes of a cluster: Galera, rsync, the copying scripts and, for root, a user
 * without rights. @throws LaunchRefusal with one line where it cannot.
 */
export function prepareMachine(): NodeMachine {
  ensurePrograms(['mariadbd', 'galera']);
  return { user: process.getuid?.() === 0 ? ensureUser() : undefined, scripts: ensureScripts() };
}

function ensureUser(): string {
  if (spawnSync('id', ['-u', USER]).status === 0) return USER;
  printLine(`adding the system user ${USER}: the nodes of a cluster do not run as root`);
  run('useradd', [
    '--system',
    '--user-group',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    USER,
  ]);
  return USER;
}

function ensureScripts(): string {
  if (!existsSync(join(SCRIPTS, 'wsrep_sst_rsync'))) run('/bin/sh', [FETCH, SCRIPTS]);
  return SCRIPTS;
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(findProgram(command) ?? command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new LaunchRefusal(`${command} failed: ${stderr?.trim().split('\n').at(-1) ?? 'not found'}`);
}
