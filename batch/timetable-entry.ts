import type { Deps } from '../src/deps.ts';

/** What a pass found. */
export interface PassOutcome {
  /** Counts for the log; a pass without any is not logged. */
  readonly facts?: Readonly<Record<string, number>>;
  /** Ask again earlier than the entry's `everyMs`. */
  readonly againInMs?: number;
}

/** One entry of the timetable. */
export interface TimetableEntry {
  /** Label of its metrics and log lines. */
  readonly name: string;
  /**
   * From the beginning of one pass to that of the next, by the clock of the service or by one that nobody sets, whichever
   * shows more: a machine that slept is not waited for. A pass that takes longer is followed by the next at once.
   */
  readonly everyMs: number;
  /** Passes at these minutes of the clock as well, in cron's notation. */
  readonly cron?: string;
  /** Whether the run table and the metrics of the nights watch it, so that it needs no metrics of a loop. */
  readonly isWatchedByRuns?: boolean;
  /**
   * One pass. It ends soon after `stopping` is aborted, and works in short transactions. Several processes run it at
   * once: claim rows with an UPDATE that is committed before they are used, or change them under a condition. A pass that
   * may take hours calls `progressed` each time it has proved that it still works, so that no alert takes it for stuck.
   */
  readonly work: (deps: Deps, stopping: AbortSignal, progressed?: () => void) => Promise<PassOutcome>;
}
