import { addDays } from '../shared/calendar.rules.ts';

/** The run of one job for one business date. */
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
 * The business dates, oldest first, whose night is due and not complete: all since the first night that ran, however
 * many. A job counts since its own first run, so that one which a release adds is not due for the past. Without any run
 * only the last night is due; before the first run none is, so that a clock set back begins no history.
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
