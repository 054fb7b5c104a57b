import { formatCount } from '../../src/shared/money.ts';
import { formatLocalTime } from '../../src/shared/local-time.rules.ts';
import { describeOverduePayouts } from '../../src/payouts/describe-overdue.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { exitCodes, type ExitCode } from '../cli/exit-codes.ts';
import { summarizeNight, type JobStatus } from './night-status.rules.ts';
import { readBatchStatus, type BatchStatus } from './read-batch-status.ts';

/** `npm run batch -- status`: what ran, what is running, what is due next, what failed and what to do. */
export const statusCommand: Command = defineCommand({
  name: 'status',
  summary: 'what ran, is running, failed and is due next; changes nothing',
  changes: false,
  options: {},
  example: '',
  run: async (deps) => {
    const status = await readBatchStatus(deps);
    const { nights, dueNights, nextBusinessDate, nextDueAt } = status;
    const runs = nights.flatMap(({ jobs }) => jobs);
    return {
      item: { nextBusinessDate, nextDueAt, dueNights },
      shown: { ...shownNights(status), nextBusinessDate, nextDueAt },
      details: { nights: nights.map(({ businessDate, state }) => ({ businessDate, state })), runs },
      notes: [
        ...nights.map(({ businessDate, jobs }) => summarizeNight(businessDate, jobs)),
        ...moreNights(status),
        ...runs.flatMap((run) => describeOpen(run, deps.config.timeZone)),
        ...(await describeOverduePayouts(deps)),
      ],
      exitCode: exitCodeOf(status),
    };
  },
});

function shownNights({ nights }: BatchStatus) {
  return { nights: nights.map(({ businessDate, state }) => `${businessDate} ${state}`).join('\n') };
}

function moreNights({ nights, dueNights }: BatchStatus): string[] {
  const more = dueNights.length - nights.length;
  return more > 0 ? [`${formatCount(more)} later nights are due and wait for these.`] : [];
}

function describeOpen(
  { job, businessDate, state, startedAt, error, heldBy }: JobStatus,
  timeZone: string,
): string[] {
  const since = startedAt && `since ${formatLocalTime(startedAt, timeZone)}`;
  const run = `${job} for ${businessDate}`;
  if (state === 'running') return [`${run} is being run by ${heldBy} ${since}.`];
  if (state === 'stalled')
    return [`${run} stalled: the process that ran it ${since} is gone; the next one resumes it.`];
  return state === 'failed' ? [`${run} failed: ${error}`] : [];
}

/** A night that is running is as it should be; one that is due and that nobody runs is not. */
function exitCodeOf({ nights, dueNights }: BatchStatus): ExitCode {
  if (nights.some(({ state }) => state === 'failed')) return exitCodes.failed;
  if (dueNights.length > 0 && !nights.some(({ state }) => state === 'running')) return exitCodes.failed;
  return nights.some(({ jobs }) => jobs.some(({ parked }) => parked > 0)) ? exitCodes.parked : exitCodes.done;
}
