import type { Deps } from '../src/deps.ts';
import { explainFailure } from '../src/explain-failure.ts';
import { onEndSignal } from '../src/shared/end-signals.ts';
import { yesterdayOf } from '../src/shared/calendar.rules.ts';
import { findJob } from './jobs.ts';
import { openBatch } from './open-batch.ts';
import { runInTurn, runNight, type JobResult } from './night.ts';
import { readCommand, usage, type Command } from './read-command.ts';
import { terminalOutput } from './terminal-output.ts';
import { UsageError } from './usage-error.ts';

/** Ends with 0: done, or done before; 1: failed, or told to end before it was done; 2: asked in a wrong way. */
const exitCodes = { done: 0, held: 1, failed: 1 } as const satisfies Record<JobResult, number>;
const WRONG_USE = 2;

async function main(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const deps = await openBatch();
  let isStopping = false;
  onEndSignal(() => (isStopping = true));
  try {
    return exitCodes[await runCommand(deps, command, () => isStopping)];
  } finally {
    await deps.close();
  }
}

function runCommand(deps: Deps, command: Command, stopping: () => boolean): Promise<JobResult> {
  const { timeZone } = deps.config;
  const { name, businessDate = yesterdayOf(deps.clock.now(), timeZone), chunkSize } = command;
  if (command.businessDate === undefined) {
    process.stdout.write(`business date ${businessDate} (yesterday in ${timeZone})\n`);
  }
  const request = { businessDate, chunkSize, output: terminalOutput, stopping };
  const job = findJob(name);
  if (!job) return runNight(deps, request);
  return runInTurn(deps, job, request);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isWrongUse = error instanceof UsageError;
  process.stderr.write(`${isWrongUse ? error.message : explainFailure(error)}\n`);
  process.exitCode = isWrongUse ? WRONG_USE : 1;
}
