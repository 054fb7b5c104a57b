import type { Deps } from '../../../src/deps.ts';
import { rollUp } from '../../../src/reports/roll-up.ts';
import { MovableClock } from '../../../src/shared/clock.ts';
import { fakeRun } from '../../support/fake-run.ts';
import type { BenchDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { compare, measureInTurn, median, timeMs } from '../harness/rounds.ts';
import { explain, recordStatements } from './explain.ts';
import { daysOf, fillHistory, type HistorySize } from './fill-history.ts';
import { fillInvoices } from './fill-invoices.ts';
import { pageReads, type PageRead } from './page-reads.ts';

const WORLD = { companies: 200, services: 3, months: 24, firstMonth: '2024-02' } as const;
/** Days of the 24 months, about. */
const DAYS = 730;
/** What one read of a page may take of the database. */
const PAGE_MS = 100;
const RATIO = 2;
const CALLS = 5;
/** Of the last day, which is not over: it is in no sum. */
const NOW = new Date('2026-01-31T10:00:00Z');

interface Filled {
  readonly database: BenchDatabase;
  readonly size: HistorySize;
}

interface Site {
  readonly deps: Deps;
  readonly url: string;
  readonly charges: number;
}

/**
 * Compares each read of the pages of reports in a database of 10 M charges of 24 months with the same read in one with a
 * fiftieth of them, and with what it may take at all.
 */
export const pages: Bench = {
  name: 'pages',
  run: async (setting) => {
    const many = setting.quick ? 300_000 : 10_000_000;
    // Enough for most services to sell in most months and groups: a month without a sale has no row to read.
    const few = setting.quick ? 100_000 : 200_000;
    const today = Math.floor(many / DAYS);
    const filled = [
      await fill(setting, { charges: few, today }),
      await fill(setting, { charges: many, today }),
    ] as const;
    try {
      return await withSite(filled[0], (small) =>
        withSite(filled[1], (large) => measure(setting, { small, large })),
      );
    } finally {
      for (const { database } of filled) await database.drop();
    }
  },
};

async function fill(
  { databases, say }: BenchSetting,
  { charges, today }: { readonly charges: number; readonly today: number },
): Promise<Filled> {
  const size = { ...WORLD, charges, today, lines: Math.max(1_000, Math.floor(charges / 200)) };
  const database = await databases.create(`pages_${charges}`);
  const filledMs = await timeMs(async () => {
    await fillHistory(database.url, size);
    await fillInvoices(database.url, size);
  });
  say(`filled ${charges} charges in ${(filledMs / 1_000).toFixed(0)} s`);
  const days = daysOf(size);
  const businessDate = days.at(-2)!;
  const addUp = () =>
    timeMs(() => withDeps(database.url, (deps) => fakeRun(deps, rollUp, { job: 'roll-up', businessDate })));
  say(`added up ${days.length - 1} days in ${((await addUp()) / 1_000).toFixed(0)} s`);
  say(
    `a night without changes took ${(await addUp()).toFixed(0)} ms of ${charges} charges in ${WORLD.months} months`,
  );
  return { database, size };
}

function withSite<T>({ database, size }: Filled, work: (site: Site) => Promise<T>): Promise<T> {
  return withDeps(database.url, (deps) =>
    work({ deps: { ...deps, clock: new MovableClock(NOW) }, url: database.url, charges: size.charges }),
  );
}

async function measure(setting: BenchSetting, sites: { small: Site; large: Site }): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [name, read] of Object.entries(pageReads))
    comparisons.push(...(await measureRead(setting, { name, read, ...sites })));
  return comparisons;
}

interface ReadToMeasure {
  readonly name: string;
  readonly read: PageRead;
  readonly small: Site;
  readonly large: Site;
}

async function measureRead(
  { quick, say }: BenchSetting,
  { name, read, small, large }: ReadToMeasure,
): Promise<Comparison[]> {
  const rounds = quick ? 3 : 9;
  const timed =
    ({ deps }: Site) =>
    async () => {
      const times: number[] = [];
      for (let call = 0; call < CALLS; call += 1) times.push(await timeMs(() => read(deps)));
      return median(times);
    };
  for (const { deps } of [small, large]) await read(deps);
  const measured = await measureInTurn(rounds, { large: timed(large), small: timed(small) });
  const compared = compare(measured.large, measured.small);
  say(`${name}: ${compared.ours.toFixed(1)} ms beside ${compared.beside.toFixed(1)} ms`);
  if (compared.ours > PAGE_MS || compared.ratio > RATIO) {
    const statements = await recordStatements(large.deps, () => read(large.deps));
    for (const line of await explain(large.url, statements)) say(line);
  }
  const facts = { charges: large.charges, besideCharges: small.charges, rounds, calls: CALLS };
  return [
    { name: `pages / ${name}`, unit: 'ms', ...compared, reach: { atMost: RATIO }, facts },
    {
      name: `pages / ${name}, of ${PAGE_MS} ms`,
      unit: 'ms',
      ours: compared.ours,
      beside: PAGE_MS,
      ratio: compared.ours / PAGE_MS,
      reach: { atMost: 1 },
      facts,
    },
  ];
}
