import { parseArgs } from 'node:util';
import { LaunchRefusal, runEntryPoint } from '../../batch/launch/launch-refusal.ts';
import { illTreatCluster } from './cluster/ill-treat-cluster.ts';
import { breakDatabase } from './database/break-database.ts';
import { killMoney } from './money/kill-money.ts';
import { killNights } from './nights/kill-nights.ts';
import { doubtAaa } from './radius/doubt-aaa.ts';
import { killSelling } from './selling/kill-selling.ts';
import { killService } from './service/kill-service.ts';

interface Order {
  readonly times: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

interface Ordeal {
  readonly usualTimes: number;
  readonly run: (order: Order) => Promise<object>;
  /** Needs more of the machine than the others: only when it is asked for. */
  readonly onlyByName?: boolean;
}

/** The faults, each with its default number of repetitions. */
const ordeals: Readonly<Record<string, Ordeal>> = {
  service: { usualTimes: 300, run: ({ times, ...order }) => killService({ kills: times, ...order }) },
  nights: {
    usualTimes: 100,
    run: ({ times, ...order }) => killNights({ kills: times, lines: 60, chargesOfLine: 10, ...order }),
  },
  'shared-nights': {
    usualTimes: 60,
    run: ({ times, ...order }) =>
      killNights({ kills: times, together: 3, lines: 60, chargesOfLine: 10, ...order }),
  },
  money: { usualTimes: 40, run: ({ times, ...order }) => killMoney({ kills: times, lines: 60, ...order }) },
  selling: { usualTimes: 100, run: ({ times, ...order }) => killSelling({ kills: times, ...order }) },
  database: { usualTimes: 20, run: breakDatabase },
  radius: { usualTimes: 50, run: doubtAaa },
  cluster: { usualTimes: 2, run: illTreatCluster, onlyByName: true },
};

const usage = `usage: npm run faults -- [NAME…] [--times N] [--seed N]   (${Object.keys(ordeals).join(', ')})

Kills the service, its nights and what moves money back with SIGKILL, each alone and both at once, lets the database fail in every way under load,
and AAA servers be silent, slow and lying; then audits that nothing acknowledged was lost and nothing done twice.
The cluster (three database servers, Galera) only by its name.`;

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const usual = Object.keys(ordeals).filter((name) => !ordeals[name]?.onlyByName);
  const names = positionals.length === 0 ? usual : positionals;
  const seed = wholeNumber(values.seed) ?? Math.floor(Math.random() * 1_000_000_000);
  for (const name of names) {
    const ordeal = ordeals[name];
    if (!ordeal) throw new LaunchRefusal(`there is no ordeal called ${name}\n${usage}`);
    const times = wholeNumber(values.times) ?? ordeal.usualTimes;
    print(`${name}: ${times} times, seed ${seed}`);
    const say = (line: string) => print(`${name}: ${line}`);
    const outcome = await ordeal.run({ times, seed, say });
    print(`${name}: ${JSON.stringify(outcome)}`);
    if (hasBrokenInvariants(outcome)) return 1;
  }
  return 0;
}

/** What an ordeal returns of its audit; a part of the cluster asserts it itself. */
function hasBrokenInvariants(outcome: object): boolean {
  return 'brokenInvariants' in outcome && (outcome.brokenInvariants as readonly string[]).length > 0;
}

function readArguments() {
  const options = { seed: { type: 'string' }, times: { type: 'string' } } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new LaunchRefusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new LaunchRefusal(`${text} is not a whole number\n${usage}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runEntryPoint(main);
