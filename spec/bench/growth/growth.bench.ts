import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deps } from '../../../src/deps.ts';
import { CLOSING_DATE, closeByJob, keepFolded, KEY, reopen } from '../close/close.bench.ts';
import { foldByJob, unfold } from '../fold/fold.bench.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { fillCharges, fillWorld, withDeps } from '../harness/bench-world.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';

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
    const sizes = setting.quick ? [20_000, 60_000, 180_000] : [100_000, 1_000_000, 10_000_000];
    return await withSizes(setting, sizes, [], (worlds) => measure(setting, worlds));
  },
};

async function measure({ say }: BenchSetting, sizes: readonly Size[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const job of ['fold', 'close'] as const) {
    const subjects = Object.fromEntries(
      sizes.map((size) => [size.charges, async () => ((await size[job]()) * 1000) / size.charges]),
    );
    for (const warm of Object.values(subjects)) await warm();
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

/** Opens a world of each size, one within the other, so that they are measured in turn. */
async function withSizes<T>(
  setting: BenchSetting,
  [charges, ...rest]: readonly number[],
  opened: readonly Size[],
  work: (sizes: readonly Size[]) => Promise<T>,
): Promise<T> {
  if (charges === undefined) return work(opened);
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
  const { url, drop } = await setting.databases.create(`growth_${charges}`);
  try {
    const size = {
      companies: 100,
      lines: charges / 10,
      charges,
      businessDate: CLOSING_DATE,
      closingGroup: KEY.closingGroup,
    };
    setting.say(`filling ${charges} charges`);
    await fillWorld(url, size);
    await fillCharges(url, size);
    const next = (deps: Deps) => withSizes(setting, rest, [...opened, sizeOf(deps, url, charges)], work);
    return await withDeps(url, next, { FILES_DIR: filesDir });
  } finally {
    await drop();
    await rm(filesDir, { recursive: true });
  }
}

function sizeOf(deps: Deps, url: string, charges: number): Size {
  return {
    charges,
    fold: async () => {
      await unfold(url);
      return timeMs(() => foldByJob(deps, CLOSING_DATE));
    },
    close: async () => {
      await reopen(deps, url);
      return timeMs(() => closeByJob(deps));
    },
    keep: () => keepFolded(url),
  };
}
