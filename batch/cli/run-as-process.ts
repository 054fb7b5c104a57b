import { explainCrashes, explainFailure } from '../../src/explain-failure.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './run-command-line.ts';

export const processTerminal: Terminal = {
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
};

/** Runs a program as this process: its exit code is the program's, and a fault is explained on standard error. */
export async function runAsProcess(main: (args: readonly string[]) => Promise<ExitCode>): Promise<void> {
  explainCrashes();
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = exitCodes.failed;
  }
}
