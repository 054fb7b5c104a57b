import type { SubscriberActor } from '../../../src/access/actor.ts';
import type { Deps } from '../../../src/deps.ts';
import type { AnyPage } from '../../../src/portal/kit/define-page.ts';
import { myPortal } from '../../../src/portal/my/my.portal.ts';
import { MovableClock } from '../../../src/shared/clock.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { fillLargeLine, type LargeLine } from '../../purchases/large-line.ts';
import { signedIn } from '../../support/actors.ts';
import { onDatabase, type BenchDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { fillCharges, fillWorld, withDeps } from '../harness/bench-world.ts';
import { compare, measureInTurn, median } from '../harness/rounds.ts';

/** Of the line whose pages are read. */
const PURCHASES = 5_000;
const COMPANIES = 100;
const FEW_OTHERS = 10_000;
const OTHERS_PER_LINE = 10;
const CALLS = 20;
const NOW = new Date('2026-05-29T03:00:00Z');
const LAST = `01JZ${String(PURCHASES).padStart(22, '0')}`;

/** A database, and the holder of the line in it. */
interface Site {
  readonly deps: Deps;
  readonly holder: SubscriberActor;
  readonly others: number;
}

/** Compares each page of a line with 5,000 purchases in a database of millions with the same page in a small one. */
export const myPages: Bench = {
  name: 'my-pages',
  run: async (setting) => {
    const many = setting.quick ? 200_000 : 2_000_000;
    const databases = [await fill(setting, FEW_OTHERS), await fill(setting, many)] as const;
    try {
      return await withSite(databases[0], (small) =>
        withSite(databases[1], (large) => measure(setting, { small, large })),
      );
    } finally {
      for (const { database } of databases) await database.drop();
    }
  },
};

interface Filled {
  readonly database: BenchDatabase;
  readonly line: LargeLine;
  readonly others: number;
}

async function fill({ databases, say }: BenchSetting, others: number): Promise<Filled> {
  say(`filling ${others} purchases of others`);
  const database = await databases.create(`my_pages_${others}`);
  const size = { companies: COMPANIES, lines: others / OTHERS_PER_LINE, closingGroup: 31 as const };
  await fillWorld(database.url, size);
  await fillCharges(database.url, { ...size, charges: others, businessDate: '2026-05-15' });
  const line = await onDatabase(database.url, (connection) =>
    fillLargeLine(connection, { purchases: PURCHASES, companies: COMPANIES }),
  );
  return { database, line, others };
}

function withSite<T>({ database, line, others }: Filled, work: (site: Site) => Promise<T>): Promise<T> {
  return withDeps(database.url, (deps) => {
    const holder = signedIn({ ...line, subscriberId: line.people[0] }, { isHolder: true });
    return work({ deps: { ...deps, clock: new MovableClock(NOW) }, holder, others });
  });
}

interface Opened {
  readonly page: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

const opened: Readonly<Record<string, Opened>> = {
  overview: { page: 'my.overview' },
  invoices: { page: 'my.invoices' },
  'an invoice': { page: 'my.invoice', params: { period: '2026-04' } },
  purchases: { page: 'my.purchases' },
  'a later page of purchases': { page: 'my.purchases', query: { after: LAST.replace('5000', '2500') } },
  'a search by text': { page: 'my.purchases', query: { text: '第77' } },
  'a purchase': { page: 'my.purchase', params: { id: publicId('charge', LAST) } },
  subscriptions: { page: 'my.subscriptions' },
  consents: { page: 'my.consents' },
};

/** Loads a page as its route does. */
async function load({ deps, holder }: Site, { page, params = {}, query = {} }: Opened): Promise<void> {
  const found: AnyPage | undefined = myPortal.pages.find(({ name }) => name === page);
  if (!found) throw new Error(`there is no page ${page}`);
  await found.load(deps as never, { actor: holder, params, query, visit: undefined } as never);
}

async function measure(
  { quick, say }: BenchSetting,
  { small, large }: { small: Site; large: Site },
): Promise<Comparison[]> {
  const rounds = quick ? 5 : 9;
  const comparisons: Comparison[] = [];
  for (const [name, request] of Object.entries(opened)) {
    const timed = (site: Site) => () => medianMs(() => load(site, request));
    await Promise.all([small, large].map((site) => load(site, request)));
    const measured = await measureInTurn(rounds, { large: timed(large), small: timed(small) });
    const compared = compare(measured.large, measured.small);
    say(`${name}: ${compared.ours.toFixed(2)} ms beside ${compared.beside.toFixed(2)} ms`);
    comparisons.push({
      name: `my-pages / ${name}`,
      unit: 'ms',
      ...compared,
      reach: { atMost: 2 },
      facts: { purchases: PURCHASES, others: large.others, besideOthers: small.others, rounds, calls: CALLS },
    });
  }
  return comparisons;
}

async function medianMs(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return median(times);
}
