import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deps } from '../../../src/deps.ts';
import { closeByJob, keepFolded, reopen } from '../close/close.bench.ts';
import { foldByJob } from '../fold/fold.bench.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { CLOSING_DATE, unfoldMonth, type MonthWorld } from '../harness/month-worlds.ts';
import { compare, measureInTurn, median, timeMs } from '../harness/rounds.ts';
import { settleServer } from '../harness/settle-server.ts';

const ROUNDS = 3;

/** A world of one size, and how long its charges take. */
interface Size {
  readonly charges: number;
  fold(): Promise<number>;
  close(): Promise<number>;
  /** To be folded and closed again by `close`. */
  keep(): Promise<void>;
}

/** Whether a charge takes as long to fold and to close among many as among few, the smallest size being the measure. */
export const growth: Bench = {
  name: 'growth',
  run: async (setting) => {
    const sizes = setting.quick ? [25_000, 100_000] : [100_000, 1_000_000, 10_000_000];
    return await withSizes(setting, sizes, [], (worlds) => measure(setting, worlds));
  },
};

async function measure({ say }: BenchSetting, sizes: readonly Size[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const job of ['fold', 'close'] as const) {
    const subjects = Object.fromEntries(
      sizes.map((size) => [size.charges, () => microsecondsACharge(size, job, timesOf(size, sizes))]),
    );
    // The compiler learns from the smallest; to run the largest for nothing would take minutes.
    await sizes[0]![job]();
    const measured = await measureInTurn(ROUNDS, subjects);
    if (job === 'fold') for (const size of sizes) await size.keep();
    const [least, ...larger] = sizes.map(({ charges }) => ({ charges, times: measured[charges]! }));
    for (const { charges, times } of larger) {
      const compared = compare(times, least!.times);
      say(
        `${job} of ${charges}: ${compared.ours.toFixed(1)} beside ${compared.beside.toFixed(1)} µs a charge`,
      );
      comparisons.push({
        name: `growth / ${job} of ${charges}`,
        unit: 'µs/charge',
        ...compared,
        reach: { atMost: 1.25 },
        facts: { charges, besideCharges: least!.charges, rounds: ROUNDS },
      });
    }
  }
  return comparisons;
}

/** How often a size is measured in a round: what ends soon is left to chance by one measurement. */
function timesOf({ charges }: Size, sizes: readonly Size[]): number {
  const largest = Math.max(...sizes.map((size) => size.charges));
  return Math.min(5, 2 * Math.round(Math.log10(largest / charges)) + 1);
}

async function microsecondsACharge(size: Size, job: 'fold' | 'close', times: number): Promise<number> {
  const measured: number[] = [];
  for (let time = 0; time < times; time += 1) measured.push(await size[job]());
  return (median(measured) * 1000) / size.charges;
}

/** Opens a world of each size, one within the other, so that they are measured in turn. */
async function withSizes<T>(
  setting: BenchSetting,
  [charges, ...rest]: readonly number[],
  opened: readonly Size[],
  work: (sizes: readonly Size[]) => Promise<T>,
): Promise<T> {
  if (charges === undefined) return work(opened);
  const world = await setting.months.get(charges);
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
  try {
    const next = (deps: Deps) => withSizes(setting, rest, [...opened, sizeOf(deps, world)], work);
    return await withDeps(world.url, next, { FILES_DIR: filesDir });
  } finally {
    await rm(filesDir, { recursive: true });
  }
}

function sizeOf(deps: Deps, world: MonthWorld): Size {
  const { url, charges } = world;
  return {
    charges,
    fold: async () => {
      await unfoldMonth(deps, world);
      await settleServer(url);
      return timeMs(() => foldByJob(deps, CLOSING_DATE));
    },
    close: async () => {
      await reopen(deps, url);
      await settleServer(url);
      return timeMs(() => closeByJob(deps));
    },
    keep: () => keepFolded(url),
  };
}
