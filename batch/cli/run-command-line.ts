import type { StaffActor } from '../../src/access/actor.ts';
import { proveStaff } from '../../src/accounts/prove-staff.ts';
import type { Deps } from '../../src/deps.ts';
import { Problem } from '../../src/shared/problem.ts';
import type { CommandResult, Command, CommandShape, Program } from './command.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { formatJson, formatTable } from './format-result.ts';
import { nameOptionsInErrors } from './name-options-in-errors.ts';
import { parseCommandLine, type Request } from './parse-command-line.ts';
import { readPerson, reportActor, unnamedReader, type NamedPerson } from './person.ts';
import { printError } from './print-error.ts';
import { readCode, type CodeSource } from './second-factor.ts';
import { reportRevelation } from './report-revelation.ts';

/** Where a command prints. */
export interface Terminal {
  print(text: string): void;
  printError(text: string): void;
}

/** The environment of a command line; tests pass their own. */
export interface CommandEnvironment extends Terminal {
  /** Opened only for a command that runs: neither for help nor for a wrong command line. */
  openDeps(): Promise<Deps & { close(): Promise<void> }>;
  /** The actor's name where `--as` gives none; undefined where it must be given (`person.ts`). */
  readonly systemUser: string | undefined;
  /** Where the code of an authenticator app comes from; left out, from nowhere. */
  readonly codes?: CodeSource;
}

type Run<C extends CommandShape> = Request<C> & { readonly kind: 'run' };

/** Reads a command line. Prints help or the errors of a wrong command line itself, and then returns the exit code. */
export function readRequest<C extends CommandShape>(
  program: Program<C>,
  args: readonly string[],
  terminal: Terminal,
): Run<C> | ExitCode {
  try {
    const request = parseCommandLine(program, args);
    if (request.kind === 'run') return request;
    terminal.print(request.text);
    return exitCodes.done;
  } catch (error) {
    return printError(error, (text) => terminal.printError(text));
  }
}

/** Runs one command line and returns its exit code. Throws any error that is not an expected refusal. */
export async function runCommandLine(
  program: Program<Command>,
  args: readonly string[],
  environment: CommandEnvironment,
): Promise<ExitCode> {
  const request = readRequest(program, args, environment);
  if (typeof request === 'number') return request;
  try {
    const { command, options, as } = request;
    const changes = command.changes && options['dryRun'] !== true;
    const person = changes || as !== undefined ? readPerson(request, environment.systemUser) : undefined;
    const deps = await environment.openDeps();
    try {
      const actor =
        person && (await provePerson(deps, person, () => readCode(environment.codes, request.codeFile)));
      if (changes) reportActor(deps, { as, actor, command: command.name });
      const result = await command.run(deps, options, { actor: actor ?? unnamedReader });
      reportRevelation(deps, { command, options, actor }, result);
      environment.print(formatResult(result, { asJson: request.asJson, deps }));
      return result.exitCode ?? exitCodes.done;
    } finally {
      await deps.close();
    }
  } catch (error) {
    const worded = error instanceof Problem ? nameOptionsInErrors(request.command, error) : error;
    return printError(worded, (text) => environment.printError(text));
  }
}

/** A name as it is; the person of an account once a code has proven it. @throws Problem, UsageError */
async function provePerson(
  deps: Deps,
  person: NamedPerson,
  code: () => Promise<string>,
): Promise<StaffActor> {
  if (person.kind === 'name') return person.actor;
  return await proveStaff(deps, { email: person.email, readCode: code });
}

function formatResult(result: CommandResult, { asJson, deps }: { asJson: boolean; deps: Deps }): string {
  if (!('list' in result) && !('item' in result)) return '';
  return asJson ? formatJson(result) : formatTable(result, deps.config);
}
