import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchDatabases } from './harness/bench-database.ts';
import { holds, type Bench, type Comparison } from './harness/bench.types.ts';
import { describeSettings } from './harness/describe-settings.ts';
import { monthWorlds } from './harness/month-worlds.ts';
import { comparisonsAsJson, formatComparisons } from './harness/print-comparisons.ts';
import { fold } from './fold/fold.bench.ts';
import { reads } from './reads/reads.bench.ts';
import { close } from './close/close.bench.ts';
import { collections } from './collections/collections.bench.ts';
import { growth } from './growth/growth.bench.ts';
import { importBench } from './import/import.bench.ts';
import { intake } from './intake/intake.bench.ts';
import { lineCheck } from './line-check/line-check.bench.ts';
import { myPages } from './my-pages/my-pages.bench.ts';
import { pages } from './pages/pages.bench.ts';
import { refunds } from './refunds/refunds.bench.ts';
import { searchBench } from './search/search.bench.ts';
import { statements } from './statements/statements.bench.ts';
import { usageFilesBench } from './usage-files/usage-files.bench.ts';
import { webhooksBench } from './webhooks/webhooks.bench.ts';

const benches: readonly Bench[] = [
  intake,
  fold,
  reads,
  close,
  refunds,
  importBench,
  collections,
  statements,
  lineCheck,
  growth,
  myPages,
  pages,
  searchBench,
  webhooksBench,
  usageFilesBench,
];

const usage = `usage: npm run bench -- [NAME…] [--quick] [--items N] [--json FILE]   (${benches.map(({ name }) => name).join(', ')})`;

/** Months are cut into tenths, and those have ten charges a line. */
const ITEMS_STEP = 100;

/** Measures the named benches, or all; the exit code shows whether all are within their bounds. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      items: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => benches.every((bench) => bench.name !== name));
  const url = process.env['DATABASE_URL'];
  const items = values.items === undefined ? undefined : Number(values.items);
  const fault =
    unknown !== undefined
      ? `no bench ${unknown}`
      : items !== undefined && !(Number.isInteger(items) && items > 0 && items % ITEMS_STEP === 0)
        ? `--items takes a multiple of ${ITEMS_STEP}`
        : undefined;
  if (fault !== undefined || !url) {
    process.stderr.write(`${fault ?? 'DATABASE_URL is not set'}; ${usage}\n`);
    return 2;
  }
  const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const settings = await describeSettings(url, values.quick);
  process.stderr.write(`${JSON.stringify(settings)}\n`);
  // After each bench, so that one that fails takes nothing of the others with it.
  const keep = (comparisons: readonly Comparison[]) => {
    if (values.json !== undefined) writeFileSync(values.json, comparisonsAsJson(comparisons, settings));
  };
  const comparisons = await runAll(chosen, { url, quick: values.quick, items, keep });
  process.stdout.write(`${formatComparisons(comparisons)}\n`);
  return comparisons.every(holds) ? 0 : 1;
}

interface Run {
  readonly url: string;
  readonly quick: boolean;
  readonly items: number | undefined;
  /** Is given all that was measured so far. */
  readonly keep: (comparisons: readonly Comparison[]) => void;
}

async function runAll(chosen: readonly Bench[], { url, quick, items, keep }: Run): Promise<Comparison[]> {
  const databases = benchDatabases(url);
  const months = monthWorlds(databases, sayOf('worlds'));
  const comparisons: Comparison[] = [];
  try {
    for (const bench of chosen) {
      const startedMs = performance.now();
      const say = sayOf(bench.name);
      comparisons.push(...(await bench.run({ quick, items, databases, months, say })));
      keep(comparisons);
      say(`took ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
    }
  } finally {
    await months.drop();
  }
  return comparisons;
}

const sayOf = (name: string) => (text: string) => void process.stderr.write(`${name}: ${text}\n`);

process.exitCode = await main();
