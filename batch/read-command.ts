import { parseArgs } from 'node:util';
import { isDate } from '../src/shared/calendar.rules.ts';
import { reasonOf } from '../src/shared/reason.ts';
import { batchExitCodesHelp } from './exit-codes.ts';
import { jobs } from './jobs.ts';
import { suggest } from './suggest.rules.ts';
import { UsageError } from './usage-error.ts';

/** What the command line asks for. */
export interface Command {
  readonly name: string;
  readonly businessDate: string | undefined;
  readonly chunkSize: number | undefined;
  /** Who types it, if they said so. */
  readonly as: string | undefined;
}

/** How to use the command, with all jobs. */
export const usage = `Usage: npm run batch -- JOB [--business-date YYYY-MM-DD] [--chunk-size ROWS] [--as NAME]

Runs a job for a business date that has ended; yesterday's if none is given. A job that has run for that
date changes nothing. In production --as NAME says who you are, for the audit trail.

${[...jobs, { name: 'night', description: 'all of them in this order' }]
  .map(({ name, description }) => `  ${name.padEnd(24)}${description}`)
  .join('\n')}

${batchExitCodesHelp}
`;

/** Reads the words behind the command's name. Throws UsageError naming what is wrong. */
export function readCommand(args: readonly string[]): Command | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError(`name a job\n\n${usage}`);
  if (more.length > 0) throw new UsageError(`one job at a time, not also ${more.join(' ')}`);
  assertKnown(name);
  const businessDate = readDate(values['business-date']);
  return { name, businessDate, chunkSize: readSize(values['chunk-size']), as: values.as };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'business-date': { type: 'string' },
        'chunk-size': { type: 'string' },
        as: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(reasonOf(error), { cause: error });
  }
}

function assertKnown(name: string): void {
  const names = [...jobs.map((job) => job.name), 'night'];
  if (names.includes(name)) return;
  const near = suggest(name, names);
  throw new UsageError(
    `there is no job ${name}${near === undefined ? '.' : `; did you mean ${near}?`} See --help.`,
  );
}

function readDate(text: string | undefined): string | undefined {
  if (text === undefined || isDate(text)) return text;
  throw new UsageError(`--business-date takes a date that exists, like 2026-05-31, not ${text}`);
}

function readSize(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 10_000) return size;
  throw new UsageError(`--chunk-size takes a whole number from 1 to 10000, not ${text}`);
}
