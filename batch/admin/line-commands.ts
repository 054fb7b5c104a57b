import { basename } from 'node:path';
import type { Deps } from '../../src/deps.ts';
import {
  ENCODING_NAMES,
  parseEncoding,
  type StatedEncoding,
} from '../../src/line-import/file-encoding.rules.ts';
import { countEffects, describeEffect } from '../../src/line-import/import-effects.ts';
import { importLines } from '../../src/line-import/import-lines.ts';
import { determineLimits, type LimitSource, type MonthlyLimit } from '../../src/limits/limit.rules.ts';
import { isEligible } from '../../src/lines/eligibility.rules.ts';
import { setLineLimit } from '../../src/lines/set-line-limit.ts';
import { getLineMaster } from '../../src/lines/line.queries.ts';
import { businessDateOf, writeClosingGroup } from '../../src/shared/calendar.rules.ts';
import { contains } from '../../src/shared/date-range.rules.ts';
import { formatCount } from '../../src/shared/money.ts';
import { defineCommand, type CommandResult, type Command, type CommandContext } from '../cli/command.ts';
import { exitCodes } from '../cli/exit-codes.ts';
import { amountOrNone, flag, optional, required, text, WrongValue, type ValueType } from '../cli/options.ts';

const SHOWN = 20;

const line = required(text('LINE'), 'line ID', { field: 'lineId' });

const encodingName: ValueType<StatedEncoding> = {
  placeholder: 'NAME',
  read(typed) {
    const encoding = parseEncoding(typed);
    if (encoding === undefined) throw new WrongValue(`must be one of ${ENCODING_NAMES.join(', ')}`);
    return encoding;
  },
};

export const lineCommands: readonly Command[] = [
  defineCommand({
    name: 'line show',
    summary: 'show a line, who holds it from when to when, and its issued IDs',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'line', kind: 'line' } },
    options: { line },
    example: '--line CAF0000000001',
    run: async (deps, options, { actor }) => {
      const master = await getLineMaster(deps, actor, options.line);
      const { lineId, closingGroup, status, monthlyLimitMinor, updatedAt } = master.line;
      return {
        item: {
          lineId,
          closingGroup: writeClosingGroup(closingGroup),
          status,
          monthlyLimitMinor,
          limitInForceMinor: findLimitInForce(deps, master).limitMinor,
          updatedAt,
          tenures: master.tenures.map(({ validFrom, validTo, holder, product, options }) => ({
            validFrom,
            validTo,
            holder,
            product,
            options,
          })),
          mayPay: isEligible(deps.config.eligibleProducts, findHolder(deps, master) ?? unknownAccess),
          subscribers: master.subscribers.map(({ issuedId, displayName, state }) => ({
            issuedId,
            displayName,
            state,
          })),
        },
      };
    },
  }),
  defineCommand({
    name: 'line limit',
    summary: 'set what a line may spend in a billing period',
    changes: true,
    options: {
      line,
      amount: required(
        amountOrNone,
        "yen (minor units of the currency), which lowers the carrier's limit and never raises it; or none",
        { field: 'limitMinor' },
      ),
    },
    example: '--line CAF0000000001 --amount 5000',
    run: async (deps, { line: lineId, amount: limitMinor }, { actor }) => {
      await setLineLimit(deps, actor, { lineId, limitMinor });
      const inForce = findLimitInForce(deps, await getLineMaster(deps, actor, lineId));
      return {
        item: { line: lineId, limitMinor, limitInForceMinor: inForce.limitMinor },
        notes: [IN_FORCE[inForce.source] ?? []].flat(),
      };
    },
  }),
  defineCommand({
    name: 'line import',
    summary: 'import a line master file (CSV); exit code 1 when rows of it were refused',
    changes: true,
    options: {
      file: required(text('FILE'), 'the file'),
      encoding: optional(
        encodingName,
        `what it is written in: ${ENCODING_NAMES.join(', ')}; without it LINE_FILE_ENCODING, or UTF-8`,
      ),
      'dry-run': flag('show what it would do, what it would end before all; changes nothing'),
      errors: optional(text('FILE'), 'where every refused row is listed; FILE.errors.csv without it'),
    },
    example: '--file lines.csv --dry-run',
    run: importFile,
  }),
];

/** Why another limit than the line's own is in force. */
const IN_FORCE: Partial<Record<LimitSource, string>> = {
  'carrier-default': "The carrier's own limit is in force: it is not above that of the line.",
  'age-band': "The limit for the holder's age is in force: it is not above that of the line.",
};

type LineMaster = Awaited<ReturnType<typeof getLineMaster>>;

/** The tenure of today, if any. */
function findHolder({ config, clock }: Deps, { tenures }: LineMaster) {
  const businessDate = businessDateOf(clock.now(), config.timeZone);
  return tenures.find((tenure) => contains(tenure, businessDate));
}

const unknownAccess = { product: null, options: null };

/** What the line may spend today, of the limits of carrier, age and line. */
function findLimitInForce(deps: Deps, master: LineMaster): MonthlyLimit {
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  return determineLimits({
    carrierDefaultMinor: deps.config.lineMonthlyLimitMinor,
    businessDate,
    birthDate: findHolder(deps, master)?.birthDate,
    lineLimitMinor: master.line.monthlyLimitMinor,
  }).tenure;
}

interface ImportOptions {
  readonly file: string;
  readonly encoding: StatedEncoding;
  readonly dryRun: boolean;
  readonly errors: string | undefined;
}

async function importFile(
  deps: Deps,
  { file: source, encoding, dryRun, errors: typedPath }: ImportOptions,
  { actor }: CommandContext,
): Promise<CommandResult> {
  const errorsPath = typedPath ?? (dryRun ? undefined : `${source}.errors.csv`);
  const report = await importLines(deps, actor, {
    source,
    fileName: basename(source),
    encoding: encoding ?? parseEncoding(deps.config.lineFileEncoding),
    dryRun,
    errorsPath,
  });
  const { errors, effects, effectCounts, ...counts } = report;
  const notes = [
    ...(dryRun ? ['A dry run: nothing was written.'] : []),
    ...listSome(effects.map(describeEffect), countEffects(effectCounts)),
    ...listSome(
      errors.map((e) => `row ${e.row} (line ${e.line}): ${e.code}: ${e.reason}`),
      counts.refused,
    ),
  ];
  if (counts.refused > 0 && errorsPath !== undefined)
    notes.push(`All refused rows are listed in ${errorsPath}`);
  return {
    item: { ...counts, ...effectCounts, dryRun },
    shown: { ...counts, ...effectCounts },
    details: { errors, effects },
    notes,
    // A night that parks rows is done, and an alert reports them; a script that runs this command sees only the exit code.
    exitCode: counts.refused > 0 ? exitCodes.failed : exitCodes.done,
  };
}

function listSome(lines: readonly string[], count: number): string[] {
  const shown = lines.slice(0, SHOWN);
  return count > shown.length ? [...shown, `… and ${formatCount(count - shown.length)} more`] : shown;
}
