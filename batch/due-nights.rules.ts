import { addDays } from '../src/shared/calendar.rules.ts';

/** What the run table says of one job and business date. */
export interface NightRun {
  readonly job: string;
  readonly businessDate: string;
  readonly isFinished: boolean;
}

interface Nights {
  /** The last business date whose night is due. */
  readonly through: string;
  readonly jobs: readonly string[];
  readonly runs: readonly NightRun[];
}

/**
 * The business dates, oldest first, whose night is due and has a job left to do: all since the first night that ran,
 * however many. A job is owed since its own first run, so that one which comes with a release is not owed for the
 * past. Without any run there is nothing to make up but the last night; before the first, nothing: a clock that was set
 * back begins no history.
 */
export function determineDueNights({ through, jobs, runs }: Nights): string[] {
  const firstRuns = findFirstRuns(runs);
  const first = runs.length === 0 ? through : [...firstRuns.values()].sort()[0]!;
  if (first > through) return [];
  const finished = new Set(runs.filter((run) => run.isFinished).map(nameOf));
  const owedSince = jobs.map((job) => ({ job, since: firstRuns.get(job) ?? through }));
  const due: string[] = [];
  for (let date = first; date <= through; date = addDays(date, 1)) {
    const isOpen = ({ job, since }: (typeof owedSince)[number]) =>
      since <= date && !finished.has(nameOf({ job, businessDate: date }));
    if (owedSince.some(isOpen)) due.push(date);
  }
  return due;
}

function findFirstRuns(runs: readonly NightRun[]): Map<string, string> {
  const firstRuns = new Map<string, string>();
  for (const { job, businessDate } of runs) {
    const first = firstRuns.get(job);
    if (first === undefined || businessDate < first) firstRuns.set(job, businessDate);
  }
  return firstRuns;
}

function nameOf({ job, businessDate }: Pick<NightRun, 'job' | 'businessDate'>): string {
  return `${job} ${businessDate}`;
}
