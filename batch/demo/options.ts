import { resolve } from 'node:path';
import type { CommandShape, Program } from '../cli/command.ts';
import { exitCodesHelp } from '../cli/exit-codes.ts';
import {
  flag,
  month,
  wholeNumber,
  withDefault,
  WrongValue,
  type ValuesOf,
  type ValueType,
} from '../cli/options.ts';
import { parseCommandLine } from '../cli/parse-command-line.ts';
import { UsageError } from '../cli/usage-error.ts';

/** Before it there was no reduced tax rate; three months after it the bank days are not known. */
const months = { first: '2019-10', last: '2049-09' };
const CHARGES_A_LINE = 30;

const demoMonth: ValueType<string> = {
  placeholder: month.placeholder,
  read(typed) {
    const read = month.read(typed);
    if (read >= months.first && read <= months.last) return read;
    throw new WrongValue(`must be a month from ${months.first} to ${months.last}`);
  },
};

const folder: ValueType<string> = {
  placeholder: 'DIR',
  read(typed) {
    if (typed.trim() === '') throw new WrongValue('must be a folder');
    return resolve(typed);
  },
};

const options = {
  seed: withDefault(
    wholeNumber('N', { from: 0, to: 2_147_483_647 }),
    '1',
    'the same seed makes the same world',
  ),
  lines: withDefault(wholeNumber('N', { from: 6, to: 200_000 }), '1000', 'telephone lines, 6 to 200000'),
  companies: withDefault(wholeNumber('N', { from: 1, to: 200 }), '12', 'content companies, 1 to 200'),
  /** Of every kind and state, those that are never captured included. */
  charges: withDefault(
    wholeNumber('N', { from: 1, to: 2_000_000 }),
    '10000',
    `charges of all kinds, up to ${CHARGES_A_LINE} a line`,
  ),
  month: withDefault(demoMonth, '2026-05', 'the billing period to sell, close and settle'),
  out: withDefault(folder, '.data/demo', 'where the results go'),
  serve: flag('keep the site running afterwards'),
};

/** What kind of world the demo makes, and where it leaves the results; `out` is absolute. */
export type DemoOptions = ValuesOf<typeof options>;

const demoCommand: CommandShape = {
  name: '',
  summary: 'build a small world, sell for a month, close and settle it',
  changes: false,
  printsItself: true,
  options,
  check: (given) => assertFit(given as DemoOptions),
  example: '--seed 7 --lines 200 --companies 12 --charges 2000 --month 2026-05',
};

export const demoProgram: Program = {
  call: 'npm run demo --',
  usage: '[--option value …]',
  noun: 'option',
  commands: [demoCommand],
  notes: [exitCodesHelp],
};

/** The fewest charges that leave one for each company beside the cases every world has. */
export const leastCharges = (companies: number): number => 9 + 3 * companies;

/** Reads the options of the command line. @throws UsageError with a line for each that is wrong. */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const request = parseCommandLine(demoProgram, args);
  if (request.kind === 'help') throw new UsageError(request.text);
  return request.options as DemoOptions;
}

/** @throws UsageError where the options do not fit together. */
function assertFit({ lines, companies, charges }: DemoOptions): void {
  const [least, most] = [leastCharges(companies), lines * CHARGES_A_LINE];
  if (charges < least)
    throw new UsageError(`--charges must be at least ${least} for ${companies} companies, not ${charges}`);
  if (charges > most)
    throw new UsageError(`--charges may be at most ${most} for ${lines} lines, not ${charges}`);
}
