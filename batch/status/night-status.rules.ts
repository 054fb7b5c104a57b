import { formatCount } from '../../src/shared/money.ts';

/** `waiting`: has not been started. `stalled`: its process died, and no other has continued it yet. */
export type JobState = 'finished' | 'running' | 'stalled' | 'failed' | 'waiting';

/** One job of a night, as the run table has it. */
export interface JobStatus {
  readonly job: string;
  readonly businessDate: string;
  readonly state: JobState;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly parked: number;
  /** Why it failed. */
  readonly error: string | null;
  /** The process that runs it. */
  readonly heldBy: string | null;
}

export type NightState = 'complete' | 'running' | 'failed' | 'incomplete';

/** A night is failed when a job of it failed, running while a process works on it, incomplete when none does. */
export function determineNightState(jobs: readonly JobStatus[]): NightState {
  const states = new Set(jobs.map(({ state }) => state));
  if (states.has('running')) return 'running';
  if (states.has('failed')) return 'failed';
  return states.has('stalled') || states.has('waiting') ? 'incomplete' : 'complete';
}

/** A night in one line: what is done, what was parked, what failed and what to run. */
export function summarizeNight(businessDate: string, jobs: readonly JobStatus[]): string {
  const state = determineNightState(jobs);
  const done = jobs.filter((job) => job.state === 'finished').length;
  const counts = `${countOf(done, 'job')} done${describeParked(jobs)}`;
  const open = (['failed', 'running', 'stalled', 'waiting'] as const).flatMap((of) => {
    const names = jobs.filter((job) => job.state === of).map(({ job }) => job);
    return names.length === 0 ? [] : [`${of === 'waiting' ? 'not run' : of}: ${names.join(', ')}`];
  });
  const night = `The night of ${businessDate}`;
  if (state === 'complete') return `${night} is complete: ${counts}.`;
  if (state === 'running') return `${night} is running: ${counts}; ${open.join('; ')}.`;
  const resume = `npm run batch -- night --business-date ${businessDate} --as NAME`;
  const fix = state === 'failed' ? 'Fix the cause, then run' : 'To resume, run';
  return `${night} is not complete: ${counts}; ${open.join('; ')}. ${fix}: ${resume}`;
}

function describeParked(jobs: readonly JobStatus[]): string {
  const parking = jobs.filter(({ parked }) => parked > 0);
  if (parking.length === 0) return '';
  const total = parking.reduce((sum, { parked }) => sum + parked, 0);
  const byJob = parking.map(({ job, parked }) => `${job} ${formatCount(parked)}`).join(', ');
  return `, ${countOf(total, 'subject')} parked (${byJob}; the table "parked" has the reasons)`;
}

function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
