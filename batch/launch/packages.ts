import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { LaunchRefusal, printLine } from './launch-refusal.ts';
import { findProgram, listMissing, programFolders, programs, type ProgramName } from './programs.ts';

/** The parts of the machine that installing touches; tests put their own in. */
export interface Machine {
  readonly folders: readonly string[];
  readonly isRoot: boolean;
  /** Runs a command to its end without a terminal; status is its exit code, output both streams together. */
  run(command: string, args: readonly string[]): { readonly status: number; readonly output: string };
  printLine(line: string): void;
}

const installScript = join(import.meta.dirname, 'install-packages.sh');

/**
 * Makes sure that programs are on this machine: installs the missing ones from Debian packages, as root
 * or through `sudo -n`, and prints which and why. Starts no service.
 *
 * @throws LaunchRefusal one line with the command to run, where it cannot install or apt-get failed.
 */
export function ensurePrograms(wanted: readonly ProgramName[], machine: Machine = thisMachine()): void {
  const missing = listMissing(wanted, machine.folders);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((name) => programs[name].packages))];
  const byHand = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const shell = determineRootShell(machine);
  if (shell === undefined) {
    throw new LaunchRefusal(`${missing.join(', ')} not found; run as root, then try again: ${byHand}`);
  }
  for (const name of missing) {
    machine.printLine(`installing ${programs[name].packages.join(' and ')}: ${programs[name].why}`);
  }
  const startedAtMs = performance.now();
  const [command, ...args] = shell;
  const result = machine.run(command, [...args, installScript, ...packages]);
  const still = listMissing(missing, machine.folders);
  if (result.status !== 0 || still.length > 0) {
    throw new LaunchRefusal(
      `could not install ${missing.join(', ')} (${lastLine(result.output)}): ${byHand}`,
    );
  }
  machine.printLine(
    `installed in ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s, no service started`,
  );
}

/** How to run a shell script as root: the words before the script's path, or undefined where there is no way. */
function determineRootShell(machine: Machine): [string, ...string[]] | undefined {
  if (!findProgram('apt-get', machine.folders)) return undefined;
  if (machine.isRoot) return ['/bin/sh'];
  const sudo = findProgram('sudo', machine.folders);
  if (!sudo || machine.run(sudo, ['-n', 'true']).status !== 0) return undefined;
  return [sudo, '-n', '/bin/sh'];
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith('E:'));
  return errors.at(-1) ?? lines.findLast((line) => line !== '') ?? 'no output';
}

function thisMachine(): Machine {
  return { folders: programFolders(), isRoot: process.getuid?.() === 0, run: runQuietly, printLine };
}

function runQuietly(command: string, args: readonly string[]): { status: number; output: string } {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: result.status ?? 1, output: `${result.stdout}\n${result.stderr}` };
}
