import type { Deps } from '../../src/deps.ts';
import { Problem } from '../../src/shared/problem.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readActor, reportActor } from '../person.ts';
import { UsageError } from '../usage-error.ts';
import { nameOf } from './command.ts';
import { commands } from './commands.ts';
import { parseCommand } from './parse-command.ts';
import { formatJson, formatTable } from './print-answer.ts';
import { reportRevelation } from './report-command.ts';
import { nameOptionsInErrors } from './name-options-in-errors.ts';

/** The world around the command line; tests bring their own. */
export interface AdminSurroundings {
  /** Opened only for a command that runs, not for help or a wrong command line. */
  openDeps(): Promise<Deps & { close(): Promise<void> }>;
  /** Taken for the name of who types, where none is given; undefined where one is needed (`batch/person.ts`). */
  readonly systemUser: string | undefined;
  print(text: string): void;
  printError(text: string): void;
}

/** Who only reads need not say who they are. */
const UNNAMED = 'staff';

/** Runs one command line. 0: done; 1: refused, in one line with its code, or in part; 2: not understood. */
export async function runAdmin(args: readonly string[], around: AdminSurroundings): Promise<ExitCode> {
  try {
    const request = parseCommand(commands, args);
    if (request.kind === 'help') {
      around.print(request.text);
      return exitCodes.done;
    }
    const { command, given, asJson, as } = request;
    const changes = command.changes && !given.has('dry-run');
    const isNamed = changes || as !== undefined;
    const actor = isNamed ? readActor(as, around.systemUser) : undefined;
    const deps = await around.openDeps();
    try {
      if (changes) reportActor(deps, { as, actor, command: nameOf(command) });
      const answer = await command.run(deps, given, { actor: actor ?? UNNAMED });
      reportRevelation(deps, { command, given, actor }, answer);
      around.print(asJson ? formatJson(answer) : formatTable(answer));
      return answer.refusedPart ? exitCodes.failed : exitCodes.done;
    } catch (error) {
      throw error instanceof Problem ? nameOptionsInErrors(command, error) : error;
    } finally {
      await deps.close();
    }
  } catch (error) {
    return printError(error, around);
  }
}

/** Of a path that was typed: nothing there, a folder, or not ours to read. */
const NO_FILE = new Map([
  ['ENOENT', 'There is no such file or folder'],
  ['EISDIR', 'This is a folder, where a file is asked for'],
  ['EACCES', 'This may not be read'],
  ['ENOTDIR', 'There is no such folder'],
]);

/** Anything that is not an expected refusal is a bug, or the machine's, and is shown in full by whoever calls. */
function printError(error: unknown, around: AdminSurroundings): ExitCode {
  if (error instanceof UsageError) {
    around.printError(`${error.message}\n`);
    return exitCodes.wrongUse;
  }
  if (error instanceof Problem) {
    around.printError(`Refused: ${error.message} [${error.code}]\n`);
    return exitCodes.failed;
  }
  const noFile = error instanceof Error && 'code' in error ? NO_FILE.get(String(error.code)) : undefined;
  if (noFile !== undefined) {
    const { path } = error as NodeJS.ErrnoException;
    around.printError(`Refused: ${noFile}${path === undefined ? '' : `: ${path}`} [no-such-file]\n`);
    return exitCodes.failed;
  }
  throw error;
}
