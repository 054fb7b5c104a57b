import { parseArgs } from 'node:util';
import { ConfigError } from '../config/config.ts';
import { isDate } from '../src/shared/calendar.rules.ts';
import { findJob, jobs } from './jobs.ts';
import { openBatch, type Batch } from './open-batch.ts';
import { runJob, runNight, type JobResult } from './night.ts';
import { suggest } from './suggest.rules.ts';
import { terminalOutput } from './terminal-output.ts';

/** Ends with 0: done, done before, or another process is doing it; 1: failed; 2: asked in a wrong way. */
const exitCodes = { done: 0, held: 0, failed: 1 } as const satisfies Record<JobResult, number>;
const WRONG_USE = 2;

const usage = `usage: npm run batch -- JOB [--business-date YYYY-MM-DD] [--chunk-size ROWS]

Runs a job for a business date that has ended; yesterday's if none is given. A job that has run for that
date changes nothing.

${[...jobs, { name: 'night', description: 'all of them in this order' }]
  .map(({ name, description }) => `  ${name.padEnd(24)}${description}`)
  .join('\n')}
`;

interface Command {
  readonly name: string;
  readonly businessDate: string | undefined;
  readonly chunkSize: number | undefined;
}

class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function main(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  await using batch = await openBatch();
  return exitCodes[await runCommand(batch, command)];
}

function runCommand({ deps, yesterday }: Batch, command: Command): Promise<JobResult> {
  const { name, businessDate = yesterday(), chunkSize } = command;
  if (command.businessDate === undefined) {
    process.stdout.write(`business date ${businessDate} (yesterday in ${deps.config.timeZone})\n`);
  }
  const request = { businessDate, chunkSize, output: terminalOutput };
  const job = findJob(name);
  return job ? runJob(deps, job, request) : runNight(deps, request);
}

function readCommand(args: string[]): Command | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError(`name a job\n\n${usage}`);
  if (more.length > 0) throw new UsageError(`one job at a time, not also ${more.join(' ')}`);
  assertKnown(name);
  return { name, businessDate: readDate(values['business-date']), chunkSize: readSize(values['chunk-size']) };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'business-date': { type: 'string' },
        'chunk-size': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function assertKnown(name: string): void {
  const names = [...jobs.map((job) => job.name), 'night'];
  if (names.includes(name)) return;
  const near = suggest(name, names);
  throw new UsageError(
    `there is no job ${name}${near === undefined ? '' : `; did you mean ${near}?`} See --help.`,
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

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UsageError ? WRONG_USE : 1;
}
