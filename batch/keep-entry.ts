import type { Deps } from '../src/deps.ts';
import type { LoopHealth } from '../src/metrics/loop-metrics.ts';
import type { InterruptiblePause } from './interruptible-pause.ts';
import type { TimetableEntry } from './timetable-entry.ts';

/** Longest pause after a failure, unless the entry itself pauses longer. */
const MAX_BACK_OFF_MS = 5 * 60_000;

export interface Keeping {
  readonly entry: TimetableEntry;
  /** Interrupted when the entry has to run at once, and when the process stops. */
  readonly pause: InterruptiblePause;
  readonly stopping: AbortSignal;
  readonly health: LoopHealth;
  /** How often the clock is read during a pause. */
  readonly lookEveryMs: number;
}

/** Runs the passes of one entry until the process stops. A failed pass is logged, and the next one is delayed. */
export async function keepEntry(deps: Deps, keeping: Keeping): Promise<void> {
  const { entry, stopping, health } = keeping;
  let failedPasses = 0;
  while (!stopping.aborted) {
    const from = { ms: performance.now(), clock: deps.clock.now().getTime() };
    let pauseMs = entry.everyMs;
    try {
      pauseMs = await pass(deps, keeping);
      health.succeededMs = performance.now();
      if (failedPasses > 0) deps.log.info({ loop: entry.name, failedPasses }, 'loop-recovered');
      failedPasses = 0;
    } catch (error) {
      failedPasses += 1;
      health.failures += 1;
      // The first failure of a series is logged; the metrics count the others.
      if (failedPasses === 1) deps.log.error({ err: error, loop: entry.name }, 'loop-failed');
      pauseMs = backOff(entry.everyMs, failedPasses);
    }
    health.tookMs = performance.now() - from.ms;
    await pauseUntilDue(deps, keeping, { from, pauseMs });
  }
}

/** The pause doubles with each failure in a row, up to five minutes; an entry that pauses longer keeps its own. */
export function backOff(everyMs: number, failedPasses: number): number {
  return Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(failedPasses, 30), MAX_BACK_OFF_MS));
}

async function pass(deps: Deps, { entry, stopping, health }: Keeping): Promise<number> {
  const progressed = () => void (health.succeededMs = performance.now());
  const { facts = {}, againInMs = Infinity } = await entry.work(deps, stopping, progressed);
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
  const { pause, stopping, lookEveryMs } = keeping;
  while (!stopping.aborted) {
    const elapsedMs = Math.max(performance.now() - from.ms, clock.now().getTime() - from.clock);
    if (elapsedMs >= pauseMs) return;
    if (await pause.wait(Math.min(pauseMs - elapsedMs, lookEveryMs))) return;
  }
}
