import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchRefusal } from './launch-refusal.ts';
import {
  durabilityOptions,
  temporaryFilesOption,
  userOptions,
  type ServerSettings,
} from './server-options.ts';

const unfinished = 'mariadb.new-';

/**
 * Makes the system tables of a new server in `folder`/mariadb, unless they are there.
 *
 * They are made beside it and renamed into place, so that a folder with the right name is a whole one,
 * whenever the launcher is killed. The database's root has no password before the first start (`secureRoot`): the
 * folder, and with it the socket, is closed to other users of the machine.
 */
export function initialiseServer(
  folder: string,
  installProgram: string,
  { durability = 'durable' }: Pick<ServerSettings, 'durability'> = {},
): void {
  if (existsSync(join(folder, 'mariadb'))) return;
  for (const name of readdirSync(folder).filter((name) => name.startsWith(unfinished))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  const fresh = mkdtempSync(join(folder, unfinished));
  // --force: a machine whose own name cannot be looked up is no hindrance, the server has no network.
  const options = [
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--force',
    ...durabilityOptions(durability),
  ];
  const result = spawnSync(
    installProgram,
    ['--no-defaults', `--datadir=${fresh}`, temporaryFilesOption(folder), ...options, ...userOptions()],
    { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  if (result.status !== 0) {
    const lines = `${result.stdout}\n${result.stderr}`.split('\n');
    const reason = lines.find((line) => line.includes('ERROR')) ?? lines.find((line) => line.trim() !== '');
    throw new LaunchRefusal(`could not initialise a database in ${folder}: ${reason ?? 'no reason given'}`);
  }
  renameSync(fresh, join(folder, 'mariadb'));
}
