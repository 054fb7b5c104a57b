import { assertFilesDir } from '../config/assert-files-dir.ts';
import type { Deps } from '../src/deps.ts';
import { explainCrashes, explainFailure } from '../src/explain-failure.ts';
import { onEndSignal } from '../src/shared/end-signals.ts';
import { businessDateOf } from '../src/shared/calendar.rules.ts';
import { systemClock } from '../src/shared/clock.ts';
import { determineBusinessDate } from './business-date.rules.ts';
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
    await assertFilesDir(deps.config.filesDir);
    return exitCodes[await runCommand(deps, command, () => isStopping)];
  } finally {
    await deps.close();
  }
}

async function runCommand(deps: Deps, command: Command, stopping: () => boolean): Promise<JobResult> {
  const { name, chunkSize } = command;
  const { timeZone } = deps.config;
  // Who has just run a demo would wonder what day it is.
  const place = deps.clock === systemClock ? timeZone : `${timeZone}, in the world of the demo`;
  const today = businessDateOf(deps.clock.now(), timeZone);
  const businessDate = determineBusinessDate({ businessDate: command.businessDate, today, place });
  if (command.businessDate === undefined) {
    process.stdout.write(`business date ${businessDate} (yesterday in ${place})\n`);
  }
  const request = { businessDate, chunkSize, output: terminalOutput, stopping };
  const job = findJob(name);
  if (!job) return runNight(deps, request);
  return runInTurn(deps, job, request);
}

explainCrashes();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isWrongUse = error instanceof UsageError;
  process.stderr.write(`${isWrongUse ? error.message : explainFailure(error)}\n`);
  process.exitCode = isWrongUse ? WRONG_USE : 1;
}
