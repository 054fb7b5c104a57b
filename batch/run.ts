import { ConfigError } from '../config/config.ts';
import { findJob } from './jobs.ts';
import { openBatch, type Batch } from './open-batch.ts';
import { runJob, runNight, type JobResult } from './night.ts';
import { readCommand, usage, UsageError, type Command } from './read-command.ts';
import { terminalOutput } from './terminal-output.ts';

/** Ends with 0: done, done before, or another process is doing it; 1: failed; 2: asked in a wrong way. */
const exitCodes = { done: 0, held: 0, failed: 1 } as const satisfies Record<JobResult, number>;
const WRONG_USE = 2;

async function main(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  await using batch = await openBatch();
  return exitCodes[await runCommand(batch, command)];
}

function runCommand({ deps, yesterday }: Batch, command: Command): Promise<JobResult> {
  const { name, businessDate = yesterday(), chunkSize } = command;
  if (command.businessDate === undefined) {
    process.stdout.write(`business date ${businessDate} (yesterday in ${deps.config.timeZone})\n`);
  }
  const request = { businessDate, chunkSize, output: terminalOutput };
  const job = findJob(name);
  return job ? runJob(deps, job, request) : runNight(deps, request);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UsageError ? WRONG_USE : 1;
}
