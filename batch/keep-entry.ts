import type { Deps } from '../src/deps.ts';
import type { LoopStanding } from '../src/metrics/loop-metrics.ts';
import type { Beat } from './beat.ts';
import type { TimetableEntry } from './timetable-entry.ts';

/** Longest pause after a failure, unless the entry itself pauses longer. */
const MAX_BACK_OFF_MS = 5 * 60_000;

export interface Keeping {
  readonly entry: TimetableEntry;
  /** Struck when the entry is to pass at once, and when the process stops. */
  readonly beat: Beat;
  readonly stopping: AbortSignal;
  readonly standing: LoopStanding;
  /** How often to read the clock during a pause. */
  readonly lookEveryMs: number;
}

/** Runs the passes of one entry until the process stops. A pass that throws is logged, and the next one comes later. */
export async function keepEntry(deps: Deps, keeping: Keeping): Promise<void> {
  const { entry, stopping, standing } = keeping;
  let failedPasses = 0;
  while (!stopping.aborted) {
    const from = { ms: performance.now(), clock: deps.clock.now().getTime() };
    let pauseMs = entry.everyMs;
    try {
      pauseMs = await pass(deps, keeping);
      standing.succeededMs = performance.now();
      if (failedPasses > 0) deps.log.info({ loop: entry.name, failedPasses }, 'loop-recovered');
      failedPasses = 0;
    } catch (error) {
      failedPasses += 1;
      standing.failures += 1;
      // The first failure of a series is logged; the metrics count the others.
      if (failedPasses === 1) deps.log.error({ err: error, loop: entry.name }, 'loop-failed');
      pauseMs = backOff(entry.everyMs, failedPasses);
    }
    standing.tookMs = performance.now() - from.ms;
    await pauseUntilDue(deps, keeping, { from, pauseMs });
  }
}

/** The pause doubles with each failure in a row, up to five minutes; an entry that pauses longer keeps its own. */
export function backOff(everyMs: number, failedPasses: number): number {
  return Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(failedPasses, 30), MAX_BACK_OFF_MS));
}

async function pass(deps: Deps, { entry, stopping }: Keeping): Promise<number> {
  const { facts = {}, againInMs = Infinity } = await entry.work(deps, stopping);
  if (Object.values(facts).some((count) => count > 0)) {
    deps.log.info({ loop: entry.name, ...facts }, 'loop-passed');
  }
  return Math.min(entry.everyMs, againInMs);
}

interface Pause {
  /** When the last pass began, by a clock that nobody sets and by the clock of the service. */
  readonly from: { readonly ms: number; readonly clock: number };
  readonly pauseMs: number;
}

/** Whichever clock shows more time counts. */
async function pauseUntilDue({ clock }: Deps, keeping: Keeping, { from, pauseMs }: Pause): Promise<void> {
  const { beat, stopping, lookEveryMs } = keeping;
  while (!stopping.aborted) {
    const elapsedMs = Math.max(performance.now() - from.ms, clock.now().getTime() - from.clock);
    if (elapsedMs >= pauseMs) return;
    if (await beat.pause(Math.min(pauseMs - elapsedMs, lookEveryMs))) return;
  }
}
