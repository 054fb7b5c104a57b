import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exitCodesHelp } from '../exit-codes.ts';
import { isMonth } from '../../src/shared/calendar-date.rules.ts';

/** What kind of world the demo makes, and where it leaves the results. */
export interface DemoOptions {
  readonly seed: number;
  readonly lines: number;
  readonly companies: number;
  /** Charges of every kind and state, those that are never captured included. */
  readonly charges: number;
  /** The billing period that is sold, closed and settled, `YYYY-MM`. */
  readonly month: string;
  /** Absolute. */
  readonly out: string;
  /** Keep the site running afterwards. */
  readonly serve: boolean;
}

/** A wrong option, in one line for the person at the command line. */
export class DemoOptionError extends Error {
  override readonly name = 'DemoOptionError';
}

export const demoUsage = `Usage: npm run demo -- [--seed N] [--lines N] [--companies N] [--charges N] [--month YYYY-MM] [--out DIR] [--serve]

  --seed N         the same seed makes the same world (1)
  --lines N        telephone lines, 6 to 200000 (1000)
  --companies N    content companies, 1 to 200 (12)
  --charges N      charges of all kinds, up to 30 a line (10000)
  --month YYYY-MM  the billing period to sell, close and settle (2026-05)
  --out DIR        where the results go (.data/demo)
  --serve          keep the site running afterwards

${exitCodesHelp}`;

const limits = {
  seed: { least: 0, most: 2_147_483_647 },
  lines: { least: 6, most: 200_000 },
  companies: { least: 1, most: 200 },
  charges: { least: 1, most: 2_000_000 },
} as const;

/** Before it there was no reduced tax rate; after it the bank days are not known. */
const months = { first: '2019-10', last: '2049-12' };
const CHARGES_A_LINE = 30;

/** Reads the options of the command line. @throws DemoOptionError naming the option and what it takes. */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const { values } = readArgs(args);
  if (values.out.trim() === '') throw new DemoOptionError('--out needs a folder');
  const options = {
    seed: readNumber('seed', values.seed),
    lines: readNumber('lines', values.lines),
    companies: readNumber('companies', values.companies),
    charges: readNumber('charges', values.charges),
    month: readMonth(values.month),
    out: resolve(values.out),
    serve: values.serve,
  };
  assertFit(options);
  return options;
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        lines: { type: 'string', default: '1000' },
        companies: { type: 'string', default: '12' },
        charges: { type: 'string', default: '10000' },
        month: { type: 'string', default: '2026-05' },
        out: { type: 'string', default: '.data/demo' },
        serve: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new DemoOptionError(error instanceof Error ? error.message : 'wrong options', { cause: error });
  }
}

function readNumber(name: keyof typeof limits, text: string): number {
  const { least, most } = limits[name];
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new DemoOptionError(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
}

function readMonth(text: string): string {
  if (isMonth(text) && text >= months.first && text <= months.last) return text;
  throw new DemoOptionError(`--month takes YYYY-MM from ${months.first} to ${months.last}, not "${text}"`);
}

/** The fewest charges that leave one for each company beside the cases every world has. */
export const leastCharges = (companies: number): number => 7 + 3 * companies;

function assertFit({ lines, companies, charges }: DemoOptions): void {
  const least = leastCharges(companies);
  if (charges < least) {
    throw new DemoOptionError(
      `--charges must be at least ${least} for ${companies} companies, not ${charges}`,
    );
  }
  const most = lines * CHARGES_A_LINE;
  if (charges > most) {
    throw new DemoOptionError(`--charges may be at most ${most} for ${lines} lines, not ${charges}`);
  }
}
