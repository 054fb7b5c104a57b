import { assertFilesDir } from '../config/assert-files-dir.ts';
import { actorName } from '../src/access/actor.ts';
import { authorize } from '../src/access/authorize.ts';
import { recordAudit } from '../src/access/audit/record-audit.ts';
import { inTransaction } from '../src/database/transaction.ts';
import type { Deps } from '../src/deps.ts';
import { assertNeedsMet } from '../src/runs/assert-needs-met.ts';
import { liftStops } from '../src/runs/lift-stops.ts';
import { businessDateOf } from '../src/shared/calendar.rules.ts';
import { systemClock } from '../src/shared/clock.ts';
import { onEndSignal } from '../src/shared/end-signals.ts';
import { applyDueChanges } from './apply-due-changes.ts';
import { determineBusinessDate } from './business-date.rules.ts';
import { defineCommand, type Command, type CommandContext, type Program } from './cli/command.ts';
import { batchExitCodesHelp, exitCodes, type ExitCode } from './cli/exit-codes.ts';
import { date, optional, wholeNumber, type ValuesOf } from './cli/options.ts';
import { findJob, jobs, type Job } from './jobs.ts';
import { runInTurn, runNight, type JobResult } from './night.ts';
import { describeNight } from './status/describe-night.ts';
import { statusCommand } from './status/status-command.ts';
import { terminalOutput } from './terminal-output.ts';

const call = 'npm run batch --';

const options = {
  'business-date': optional(date, 'a business date that has ended; without it, yesterday'),
  'chunk-size': optional(wholeNumber('ROWS', { from: 1, to: 10_000 }), 'rows of one transaction'),
};

type JobOptions = ValuesOf<typeof options>;

/** The jobs of the night by hand, singly or all of them. */
export const batchProgram: Program<Command> = {
  call,
  usage: 'JOB [--business-date YYYY-MM-DD] [--chunk-size ROWS] [--as NAME]',
  about: [
    'Runs a job for a business date that has ended; for yesterday if none is given. A job that has run for that',
    'date changes nothing; one that needs others is refused until they have finished for that date. In production',
    '--as NAME is required, for the audit trail.',
  ],
  noun: 'job',
  commands: [
    ...jobs.map(({ name, description }) => jobCommand(name, description)),
    jobCommand('night', 'runs all jobs in this order'),
    statusCommand,
  ],
  notes: [batchExitCodesHelp],
};

function jobCommand(name: string, summary: string): Command {
  return defineCommand({
    name,
    summary,
    changes: true,
    printsItself: true,
    options,
    example: '--business-date 2026-05-31',
    run: async (deps, given, { actor }) => {
      let isStopping = false;
      onEndSignal(() => (isStopping = true));
      await assertFilesDir(deps.config.filesDir);
      const result = await runByHand(deps, { name, given, actor, stopping: () => isStopping });
      return { exitCode: exitCodeOf(result, findJob(name)) };
    },
  });
}

/** A night has gone on without what it parked; of a job that was asked for by itself, refused rows are a refusal. */
function exitCodeOf(result: JobResult, job: Job | undefined): ExitCode {
  if (result === 'parked') return job?.parksRefusals ? exitCodes.failed : exitCodes.parked;
  return result === 'done' ? exitCodes.done : exitCodes.failed;
}

interface ByHand extends CommandContext {
  readonly name: string;
  readonly given: JobOptions;
  readonly stopping: () => boolean;
}

async function runByHand(deps: Deps, { name, given, actor, stopping }: ByHand): Promise<JobResult> {
  authorize(actor, 'runs:execute');
  const { timeZone } = deps.config;
  // Who has just run a demo would wonder what day it is.
  const place = deps.clock === systemClock ? timeZone : `${timeZone}, in the world of the demo`;
  const today = businessDateOf(deps.clock.now(), timeZone);
  const businessDate = determineBusinessDate({ businessDate: given.businessDate, today, place });
  if (given.businessDate === undefined) {
    process.stdout.write(`business date ${businessDate} (yesterday in ${place})\n`);
  }
  await assertNeedsMet(deps, { job: name, businessDate });
  // The jobs act as themselves; this row records who started them.
  await inTransaction(deps, async (tx) => {
    await liftStops(tx, { job: name, businessDate });
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'batch.start',
      subject: `job:${name}`,
      facts: { businessDate },
    });
  });
  const request = { businessDate, chunkSize: given.chunkSize, output: terminalOutput, stopping };
  const job = findJob(name);
  if (job) {
    await applyDueChanges(deps, terminalOutput);
    return runInTurn(deps, job, request);
  }
  const result = await runNight(deps, request);
  process.stdout.write(`${await describeNight(deps, businessDate)}\n`);
  return result;
}
