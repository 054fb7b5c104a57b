import type { Deps } from '../../../src/deps.ts';
import { MovableClock } from '../../../src/shared/clock.ts';
import { search } from '../../../src/support-search/search.ts';
import { person } from '../../support/people.ts';
import type { BenchDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { compare, measureInTurn, median, timeMs } from '../harness/rounds.ts';
import { fillHistory } from '../pages/fill-history.ts';
import { fillFindable, listIdentifiers } from './fill-findable.ts';
import { countWholeReads } from './whole-reads.ts';

const WORLD = { companies: 200, services: 3, months: 12, firstMonth: '2025-02' } as const;
/** What one search may take of the database. */
const SEARCH_MS = 100;
const RATIO = 2;
const CALLS = 5;
const NOW = new Date('2026-01-31T10:00:00Z');
const agent = person('bench', 'agent');

/** What callers say, each found in both databases; identifiers come from the database. */
const texts = {
  'a family name in kana': 'ﾔﾏﾀﾞ',
  'a whole name in kana': 'ヤマダ タロウ',
  'a family name': '山田',
  'a telephone number': '03-1000-0042',
  'a mail address': 'holder-42@example.jp',
  'the beginning of a line ID': 'CAF00000',
  'a line ID': 'CAF0000000042',
  'an amount and a day': '142 2025-06-15',
  'an amount and a month, with invoices': '142 2025-11',
  'a company': 'コンテンツ',
  'a name that nobody has': 'ンンンン',
} as const;

interface Filled {
  readonly database: BenchDatabase;
  readonly lines: number;
}

/** Compares the search of the support desk among 1 M lines and 10 M charges with the same search among a twentieth of them. */
export const searchBench: Bench = {
  name: 'search',
  run: async (setting) => {
    const [lines, charges] = setting.quick ? [100_000, 300_000] : [1_000_000, setting.items ?? 10_000_000];
    const filled = [
      await fill(setting, { lines: lines / 20, charges: charges / 20 }),
      await fill(setting, { lines, charges }),
    ] as const;
    try {
      return await withDeps(filled[0].database.url, (small) =>
        withDeps(filled[1].database.url, (large) =>
          measure(setting, {
            small: { deps: at(small), url: filled[0].database.url },
            large: { deps: at(large), url: filled[1].database.url },
            facts: { lines, charges },
          }),
        ),
      );
    } finally {
      for (const { database } of filled) await database.drop();
    }
  },
};

const at = (deps: Deps): Deps => ({ ...deps, clock: new MovableClock(NOW) });

async function fill(
  { databases, say }: BenchSetting,
  { lines, charges }: { readonly lines: number; readonly charges: number },
): Promise<Filled> {
  const database = await databases.create(`search_${lines}`);
  const filledMs = await timeMs(async () => {
    await fillHistory(database.url, { ...WORLD, lines, charges, today: 1_000 });
    await fillFindable(database.url);
  });
  say(`filled ${lines} lines and ${charges} charges in ${(filledMs / 1_000).toFixed(0)} s`);
  return { database, lines };
}

interface Site {
  readonly deps: Deps;
  readonly url: string;
}

interface Sites {
  readonly small: Site;
  readonly large: Site;
  readonly facts: Readonly<Record<string, number>>;
}

async function measure({ quick, say }: BenchSetting, { small, large, facts }: Sites): Promise<Comparison[]> {
  const rounds = quick ? 3 : 9;
  const identifiers = { small: await listIdentifiers(small.url), large: await listIdentifiers(large.url) };
  const comparisons: Comparison[] = [];
  for (const [name, said] of Object.entries({ ...identifiers.large, ...texts })) {
    const searchLarge = () => search(large.deps, agent, said);
    const searchSmall = () => search(small.deps, agent, identifiers.small[name] ?? said);
    await searchSmall();
    const wholeReads = await countWholeReads(large, searchLarge);
    const measured = await measureInTurn(rounds, { large: timed(searchLarge), small: timed(searchSmall) });
    const compared = compare(measured.large, measured.small);
    say(
      `${name}: ${compared.ours.toFixed(1)} ms beside ${compared.beside.toFixed(1)} ms, ${wholeReads} tables read whole`,
    );
    const ownTime = { ours: compared.ours, beside: SEARCH_MS, ratio: compared.ours / SEARCH_MS };
    const all = { unit: 'ms', facts: { ...facts, rounds, calls: CALLS } };
    comparisons.push(
      { ...all, name: `search / ${name}`, ...compared, reach: { atMost: RATIO } },
      { ...all, name: `search / ${name}, of ${SEARCH_MS} ms`, ...ownTime, reach: { atMost: 1 } },
      {
        ...all,
        name: `search / ${name}, tables read whole`,
        unit: 'tables',
        ours: wholeReads,
        beside: 0,
        ratio: wholeReads,
        reach: { atMost: 0 },
      },
    );
  }
  return comparisons;
}

/** The median of some calls. */
const timed = (work: () => Promise<unknown>) => async () => {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) times.push(await timeMs(work));
  return median(times);
};
