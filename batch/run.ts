import { assertFilesDir } from '../config/assert-files-dir.ts';
import type { Deps } from '../src/deps.ts';
import { recordAudit } from '../src/access/audit/record-audit.ts';
import { inTransaction } from '../src/database/transaction.ts';
import { explainCrashes, explainFailure } from '../src/explain-failure.ts';
import { onEndSignal } from '../src/shared/end-signals.ts';
import { businessDateOf } from '../src/shared/calendar.rules.ts';
import { systemClock } from '../src/shared/clock.ts';
import { determineBusinessDate } from './business-date.rules.ts';
import { describeNight } from './describe-night.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { findJob, type Job } from './jobs.ts';
import { openBatch } from './open-batch.ts';
import { runInTurn, runNight, type JobResult } from './night.ts';
import { findSystemUser, readActor, reportActor } from './person.ts';
import { readCommand, usage, type Command } from './read-command.ts';
import { terminalOutput } from './terminal-output.ts';
import { UsageError } from './usage-error.ts';

async function main(args: string[]): Promise<ExitCode> {
  const command = readCommand(args);
  if (command === 'help') {
    process.stdout.write(usage);
    return exitCodes.done;
  }
  const actor = readActor(command.as, findSystemUser(process.env));
  const deps = await openBatch();
  let isStopping = false;
  onEndSignal(() => (isStopping = true));
  try {
    await assertFilesDir(deps.config.filesDir);
    const result = await runCommand(deps, { ...command, actor }, () => isStopping);
    return exitCodeOf(result, findJob(command.name));
  } finally {
    await deps.close();
  }
}

/** A night has gone on without what it parked; of a job that was asked for by itself, refused rows are a refusal. */
function exitCodeOf(result: JobResult, job: Job | undefined): ExitCode {
  if (result === 'parked') return job?.parksRefusals ? exitCodes.failed : exitCodes.parked;
  return result === 'done' ? exitCodes.done : exitCodes.failed;
}

async function runCommand(
  deps: Deps,
  command: Command & { actor: string },
  stopping: () => boolean,
): Promise<JobResult> {
  const { name, chunkSize, actor } = command;
  const { timeZone } = deps.config;
  // Who has just run a demo would wonder what day it is.
  const place = deps.clock === systemClock ? timeZone : `${timeZone}, in the world of the demo`;
  const today = businessDateOf(deps.clock.now(), timeZone);
  const businessDate = determineBusinessDate({ businessDate: command.businessDate, today, place });
  if (command.businessDate === undefined) {
    process.stdout.write(`business date ${businessDate} (yesterday in ${place})\n`);
  }
  reportActor(deps, { as: command.as, actor, command: name });
  // The jobs act as themselves; who started them by hand is told apart from the schedule.
  await inTransaction(deps, (tx) =>
    recordAudit(tx, { actor, action: 'batch.start', subject: `job:${name}`, facts: { businessDate } }),
  );
  const request = { businessDate, chunkSize, output: terminalOutput, stopping };
  const job = findJob(name);
  if (job) return runInTurn(deps, job, request);
  const result = await runNight(deps, request);
  process.stdout.write(`${await describeNight(deps, businessDate)}\n`);
  return result;
}

explainCrashes();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isWrongUse = error instanceof UsageError;
  process.stderr.write(`${isWrongUse ? error.message : explainFailure(error)}\n`);
  process.exitCode = isWrongUse ? exitCodes.wrongUse : exitCodes.failed;
}
