import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deps } from '../../../src/deps.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { monthWorlds, type MonthWorld } from '../harness/month-worlds.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn } from '../harness/rounds.ts';
import { refundSome, reopenMonth, runMonth, type MonthTimes } from './refunded-month.ts';

/** How much smaller the month is that the memory of a month is compared with. */
const SMALLER = 10;

/**
 * Compares the nights that fold, close and settle a month of which 3% is refunded with those of the same month without
 * refunds; and the memory of its nights with that of a tenth of it.
 */
export const refunds: Bench = {
  name: 'refunds',
  run: async (setting) => {
    const charges = setting.items ?? (setting.quick ? 100_000 : 1_000_000);
    const [without, refunded, smaller] = ['plain', 'refunded', 'smaller'].map((name) =>
      monthWorlds({ create: (month) => setting.databases.create(`${name}_${month}`) }, setting.say),
    );
    const filesDir = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
    try {
      const worlds = {
        small: await smaller!.get(charges / SMALLER),
        plain: await without!.get(charges),
        refunded: await refunded!.get(charges),
      };
      return await withWorlds(worlds, filesDir, (months) => measure(setting, months));
    } finally {
      for (const worlds of [without, refunded, smaller]) await worlds!.drop();
      await rm(filesDir, { recursive: true });
    }
  },
};

interface Month {
  readonly deps: Deps;
  readonly world: MonthWorld;
}
type Months = Readonly<Record<'small' | 'plain' | 'refunded', Month>>;

/** The dependencies of the service on each of the months, all at the same time. */
function withWorlds<T>(
  worlds: Readonly<Record<keyof Months, MonthWorld>>,
  filesDir: string,
  work: (months: Months) => Promise<T>,
): Promise<T> {
  const open = <R>(name: keyof Months, next: (month: Month) => Promise<R>) =>
    withDeps(worlds[name].url, (deps) => next({ deps, world: worlds[name] }), {
      FILES_DIR: join(filesDir, name),
    });
  return open('small', (small) =>
    open('plain', (plain) => open('refunded', (refunded) => work({ small, plain, refunded }))),
  );
}

async function measure({ quick, say }: BenchSetting, months: Months): Promise<Comparison[]> {
  const rounds = quick ? 5 : 3;
  const count: Record<keyof Months, number> = { small: 0, plain: 0, refunded: 0 };
  for (const name of ['small', 'refunded'] as const) {
    await reopenMonth(months[name].deps, months[name].world);
    count[name] = await refundSome(months[name].world);
  }
  const memory = { small: new PeakMemory(), plain: new PeakMemory(), refunded: new PeakMemory() };
  const nights = (name: keyof Months) => async () => {
    const { deps, world } = months[name];
    let times: MonthTimes | undefined;
    await memory[name].during(async () => {
      times = await runMonth(deps, { world, refunds: count[name] });
    });
    const { fold, close, settle } = times!;
    say(
      `${name}: fold ${Math.round(fold)}, close ${Math.round(close)}, settle ${Math.round(settle)} ms, ${memory[name].mib} MiB`,
    );
    return times!;
  };
  // The small month first, as often as the others: the compiler learns from it, and its memory is not theirs.
  for (let round = 0; round <= rounds; round += 1) await nights('small')();
  const measured = await measureInTurn(rounds, { plain: nights('plain'), refunded: nights('refunded') });
  const { charges, lines } = months.refunded.world;
  const facts = { charges, lines, refunds: count.refunded, rounds, peakMemoryMib: memory.refunded.mib };
  const compared = (job: keyof MonthTimes): Comparison => ({
    name: `refunds / ${job}`,
    unit: 'ms',
    ...compare(
      measured.refunded.map((times) => times[job]),
      measured.plain.map((times) => times[job]),
    ),
    reach: { atMost: 1.15 },
    facts,
  });
  const [most, least] = [memory.refunded.mib, memory.small.mib];
  return [
    compared('fold'),
    compared('close'),
    compared('settle'),
    {
      name: `refunds / memory of ${charges} beside ${months.small.world.charges}`,
      unit: 'MiB',
      ours: most,
      beside: least,
      ratio: most / least,
      reach: { atMost: 1.5 },
      facts,
    },
  ];
}
