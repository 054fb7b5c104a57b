import type { Program } from '../cli/command.ts';
import type { ExitCode } from '../cli/exit-codes.ts';
import { processTerminal } from '../cli/run-as-process.ts';
import { readRequest } from '../cli/run-command-line.ts';

/** The programs with a command line, by the script that runs them. */
const programs: Readonly<Record<string, () => Promise<Program>>> = {
  'batch/admin.ts': async () => (await import('../admin/program.ts')).adminProgram,
  'batch/run.ts': async () => (await import('../program.ts')).batchProgram,
  'batch/demo/run.ts': async () => (await import('../demo/options.ts')).demoProgram,
};

/**
 * Handles what needs no database: a request for help, and a command line that cannot be understood.
 * @returns the exit code; undefined for anything that has to run
 */
export async function answerEarly(command: readonly string[]): Promise<ExitCode | undefined> {
  const [interpreter, script = '', ...args] = command;
  const load = interpreter === 'node' ? programs[script] : undefined;
  if (!load) return undefined;
  const request = readRequest(await load(), args, processTerminal);
  return typeof request === 'number' ? request : undefined;
}
