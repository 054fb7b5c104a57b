import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { LaunchRefusal } from './launch-refusal.ts';
import { findProgram } from './programs.ts';

const caught = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signals this process has got, and the command they are passed on to. */
export interface CaughtSignals {
  first?: (typeof caught)[number];
  command?: ChildProcess;
}

/**
 * Keeps signals from ending this process for good: whatever comes, it still has a database to stop.
 * Call it before starting anything.
 */
export function catchSignals(): CaughtSignals {
  const signals: CaughtSignals = {};
  for (const signal of caught) {
    process.on(signal, () => {
      signals.first ??= signal;
      // Ctrl-C goes to every process on the terminal: the command has it already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      signals.command?.kill(signal);
    });
  }
  return signals;
}

/**
 * Runs a command on this process's own terminal until it ends, and passes caught signals on to it.
 *
 * `node` means the Node that runs the launcher. When the launcher is killed, the command gets SIGTERM, so
 * that it never runs alone. A signal that came before the command keeps it from starting.
 *
 * @returns the command's exit code, or 128 + the number of the signal that ended it.
 */
export async function runCommand(
  command: readonly string[],
  signals: CaughtSignals,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  if (signals.first) return 128 + constants.signals[signals.first];
  const [file = '', ...args] = boundToLauncher(command);
  const child = spawn(file, args, { stdio: 'inherit', env: environment });
  signals.command = child;
  try {
    await once(child, 'exit');
  } catch (error) {
    throw new LaunchRefusal(`could not run ${command[0]}`, { cause: error });
  }
  return child.exitCode ?? 128 + (child.signalCode === null ? 0 : constants.signals[child.signalCode]);
}

function boundToLauncher([program = '', ...args]: readonly string[]): string[] {
  const whole = [program === 'node' ? process.execPath : program, ...args];
  const setpriv = findProgram('setpriv');
  return setpriv ? [setpriv, '--pdeathsig', 'TERM', '--', ...whole] : whole;
}
