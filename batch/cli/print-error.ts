import { Problem } from '../../src/shared/problem.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** Of a path that was typed: nothing there, a folder, or not ours to read. */
const NO_FILE = new Map([
  ['ENOENT', 'There is no such file or folder'],
  ['EISDIR', 'This is a folder, where a file is asked for'],
  ['EACCES', 'This may not be read'],
  ['ENOTDIR', 'There is no such folder'],
]);

/** Prints an expected refusal and returns its exit code. Rethrows anything else: a fault of ours, or of the machine. */
export function printError(error: unknown, print: (text: string) => void): ExitCode {
  if (error instanceof UsageError) {
    print(`${error.message}\n`);
    return exitCodes.wrongUse;
  }
  if (error instanceof Problem) {
    print(`${describeRefusal(error)}\n`);
    return exitCodes.failed;
  }
  const noFile = error instanceof Error && 'code' in error ? NO_FILE.get(String(error.code)) : undefined;
  if (noFile === undefined) throw error;
  const { path } = error as NodeJS.ErrnoException;
  print(`Refused: ${noFile}${path === undefined ? '' : `: ${path}`} [no-such-file]\n`);
  return exitCodes.failed;
}

/** One line with the code; for several lines, the code on the first. */
function describeRefusal({ message, code }: Problem): string {
  const lines = message.split('\n');
  return lines.length === 1
    ? `Refused: ${message} [${code}]`
    : [`Refused [${code}]:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
