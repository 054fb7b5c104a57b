import { parseArgs } from 'node:util';
import { LaunchRefusal, runEntryPoint } from '../../batch/launch/launch-refusal.ts';
import { fuzzApi } from './api/fuzz-api.ts';
import { fuzzCollections } from './collections/fuzz-collections.ts';
import { fuzzCsv } from './csv/fuzz-csv.ts';
import { fuzzRadius } from './radius/fuzz-radius.ts';

interface Order {
  readonly seed: number;
  readonly count: number;
  readonly from: number;
  readonly say: (line: string) => void;
}

interface Fuzzer {
  readonly usualCount: number;
  readonly run: (order: Order) => object | Promise<object>;
}

/** The fuzzed parts, each with its default number of cases. */
const fuzzers: Readonly<Record<string, Fuzzer>> = {
  api: { usualCount: 50_000, run: fuzzApi },
  collections: { usualCount: 1_000, run: fuzzCollections },
  csv: { usualCount: 5_000, run: fuzzCsv },
  radius: { usualCount: 1_000_000, run: fuzzRadius },
};

const usage = `usage: npm run fuzz -- [NAME…] [--seed N] [--count N] [--from N]   (${Object.keys(fuzzers).join(', ')})

Feeds the service with input that is drawn and spoilt, and judges what it makes of it. A failure prints how to
see it again; the seed is a new one each time unless given.`;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const names = positionals.length === 0 ? Object.keys(fuzzers) : positionals;
  const seed = wholeNumber(values.seed) ?? Math.floor(Math.random() * 1_000_000_000);
  for (const name of names) {
    const { usualCount, run } = findFuzzer(name);
    const count = wholeNumber(values.count) ?? usualCount;
    print(`${name}: seed ${seed}, ${count}`);
    const say = (line: string) => print(`${name}: ${line}`);
    const outcome = await run({ seed, count, from: wholeNumber(values.from) ?? 0, say });
    print(JSON.stringify(outcome, undefined, 2));
    if ('brokenInvariants' in outcome && (outcome.brokenInvariants as readonly string[]).length > 0) return 1;
  }
  return 0;
}

function readArguments() {
  const options = { seed: { type: 'string' }, count: { type: 'string' }, from: { type: 'string' } } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new LaunchRefusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function findFuzzer(name: string): Fuzzer {
  const fuzzer = fuzzers[name];
  if (!fuzzer) throw new LaunchRefusal(`there is nothing called ${name} to fuzz\n${usage}`);
  return fuzzer;
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new LaunchRefusal(`${text} is not a whole number\n${usage}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runEntryPoint(main);
